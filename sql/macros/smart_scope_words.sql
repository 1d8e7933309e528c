-- The regular expression of an English preposition with the name of where or for whom, in a text without its general words.
create or replace macro smart_scope_words() as
    '\b(in|at|for|across|among|amongst|on|with|against|between|from|inside|throughout|into)\s+[a-z0-9&#''-]*[a-z]{2}[a-z0-9&''-]*(\s+[a-z0-9&''-]*[a-z][a-z0-9&''-]*)*'
