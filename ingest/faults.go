package ingest

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// MappingError is a fault of a mapping file, or with the key words_file of the data folder's words, for the person who
// wrote it, in the words problem.<Key>. It is the first of the file's; Others are the rest, in the order of their lines.
type MappingError struct {
	Line   int
	Key    string
	Args   map[string]any
	Others []*MappingError
}

// Error is for logs; the words say it better.
func (e *MappingError) Error() string {
	var lines []string
	for _, fault := range e.All() {
		lines = append(lines, fmt.Sprintf("line %d: %s: %s", fault.Line, strings.ReplaceAll(fault.Key, "_", " "), fault.subject()))
	}
	return strings.Join(lines, "; ")
}

// All are the fault and the others of the same file.
func (e *MappingError) All() []*MappingError { return append([]*MappingError{e}, e.Others...) }

// subject is what the fault is about, as the file has it.
func (e *MappingError) subject() string {
	return first([]string{text(e.Args["value"]), text(e.Args["detail"])})
}

// inFile says of the faults in which file of the data folder they are.
func (e *MappingError) inFile(name string) error {
	var f faults
	for _, fault := range e.All() {
		f.found = append(f.found, &MappingError{Line: fault.Line, Key: "words_file",
			Args: map[string]any{"line": fault.Line, "file": name, "value": fault.subject()}})
	}
	return f.err()
}

// text is an argument as text; "" for none.
func text(arg any) string {
	s, _ := arg.(string)
	return s
}

// faults gathers all that is wrong with a file.
type faults struct{ found []*MappingError }

// err is what was found as one error, nil for nothing.
func (f *faults) err() error {
	if len(f.found) == 0 {
		return nil
	}
	slices.SortStableFunc(f.found, func(a, b *MappingError) int { return a.Line - b.Line })
	e := *f.found[0]
	e.Others = f.found[1:]
	return &e
}

// at notes a fault of a value on a line, and answers it for further arguments.
func (f *faults) at(line int, key, value string) *MappingError {
	e := &MappingError{Line: line, Key: key, Args: map[string]any{"line": line, "value": value}}
	f.found = append(f.found, e)
	return e
}

// read decodes YAML into a value whose parts are known, and answers its root; what the decoder finds wrong is noted.
func (f *faults) read(data []byte, into any) *yamlPlace {
	decoder := yaml.NewDecoder(strings.NewReader(string(data)))
	decoder.KnownFields(true)
	err := decoder.Decode(into)
	var wrong *yaml.TypeError
	switch {
	case errors.As(err, &wrong):
		for _, message := range wrong.Errors {
			f.unreadable(message)
		}
	case err != nil && !errors.Is(err, io.EOF):
		f.unreadable(err.Error())
	}
	var root yaml.Node
	if yaml.Unmarshal(data, &root) != nil || len(root.Content) == 0 {
		return &yamlPlace{line: 1}
	}
	return &yamlPlace{line: root.Content[0].Line, node: root.Content[0]}
}

var (
	yamlLine    = regexp.MustCompile(`line (\d+): (.*)`)
	unknownPart = regexp.MustCompile(`^field (\S+) not found in type `)
	wrongShape  = regexp.MustCompile(`^cannot unmarshal .* into (bool|int|string|\[\]|map|\w+\.)`)
)

// shapes are the words for what should stand where something else does, by the type it is read into.
var shapes = map[string]string{
	"bool": "mapping_not_yes_no", "int": "mapping_not_a_whole_number", "string": "mapping_not_a_text", "[]": "mapping_not_a_list",
}

// unreadable notes what the reader of YAML says.
func (f *faults) unreadable(message string) {
	line := 1
	if found := yamlLine.FindStringSubmatch(message); found != nil {
		line, message = atoi(found[1]), found[2]
	}
	if part := unknownPart.FindStringSubmatch(message); part != nil {
		f.at(line, "mapping_unknown_part", part[1])
		return
	}
	if shape := wrongShape.FindStringSubmatch(message); shape != nil {
		f.at(line, first([]string{shapes[shape[1]], "mapping_not_pairs"}), message)
		return
	}
	f.found = append(f.found, &MappingError{Line: line, Key: "mapping_unreadable", Args: map[string]any{"line": line, "detail": message}})
}

// yamlPlace is a value in a file of YAML; without a node one that is not found again, whose line is the nearest known.
type yamlPlace struct {
	line int
	node *yaml.Node
}

// under is the value of a key; its line is that of the key.
func (p *yamlPlace) under(key string) *yamlPlace {
	if p.node != nil && p.node.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(p.node.Content); i += 2 {
			if p.node.Content[i].Value == key {
				return &yamlPlace{line: p.node.Content[i].Line, node: resolved(p.node.Content[i+1])}
			}
		}
	}
	return &yamlPlace{line: p.line}
}

// item is the nth mapping of a list.
func (p *yamlPlace) item(n int) *yamlPlace {
	if p.node != nil {
		for _, item := range p.node.Content {
			item = resolved(item)
			if item.Kind != yaml.MappingNode && item.Tag != "!!null" {
				continue
			}
			if n == 0 {
				return &yamlPlace{line: item.Line, node: item}
			}
			n--
		}
	}
	return &yamlPlace{line: p.line}
}

func resolved(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}
