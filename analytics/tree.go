package analytics

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// node is a part of a statement's tree, as the engine's own parser gives it.
type node map[string]any

func (n node) text(name string) string {
	text, _ := n[name].(string)
	return text
}

func (n node) child(name string) node {
	child, _ := n[name].(map[string]any)
	return child
}

func (n node) children(name string) []node {
	list, _ := n[name].([]any)
	var children []node
	for _, each := range list {
		if child, ok := each.(map[string]any); ok {
			children = append(children, child)
		}
	}
	return children
}

func (n node) texts(name string) []string {
	list, _ := n[name].([]any)
	var texts []string
	for _, each := range list {
		if text, ok := each.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// parseSelect is the tree of one select.
func parseSelect(ctx context.Context, q Querier, text string) (node, error) {
	r, err := q.Query(ctx, "select json_serialize_sql($text::varchar)::varchar", Args{"text": text}, 1)
	if err != nil {
		return nil, fmt.Errorf("parse statement: %w", err)
	}
	var parsed struct {
		Error      bool   `json:"error"`
		Message    string `json:"error_message"`
		Statements []node `json:"statements"`
	}
	decoder := json.NewDecoder(strings.NewReader(r.Rows[0][0].(string)))
	decoder.UseNumber() // some numbers are too large for a float
	if err := decoder.Decode(&parsed); err != nil {
		return nil, fmt.Errorf("read statement's tree: %w", err)
	}
	if parsed.Error || len(parsed.Statements) != 1 {
		return nil, errors.New("not one select: " + parsed.Message)
	}
	return parsed.Statements[0].child("node"), nil
}

// expressionTexts writes expressions as SQL again.
func expressionTexts(ctx context.Context, q Querier, expressions []node) ([]string, error) {
	if len(expressions) == 0 {
		return nil, nil
	}
	template, err := parseSelect(ctx, q, "select 1")
	if err != nil {
		return nil, err
	}
	trees := make([]string, len(expressions))
	for i, e := range expressions {
		template["select_list"] = []any{map[string]any(e)}
		text, err := json.Marshal(map[string]any{"error": false, "statements": []any{map[string]any{"node": map[string]any(template)}}})
		if err != nil {
			return nil, fmt.Errorf("write expression's tree: %w", err)
		}
		trees[i] = string(text)
	}
	list, err := json.Marshal(trees)
	if err != nil {
		return nil, fmt.Errorf("write expressions' trees: %w", err)
	}
	r, err := q.Query(ctx, `select json_deserialize_sql(tree::json) from (select unnest(from_json($trees::varchar, '["VARCHAR"]')) as tree)`,
		Args{"trees": string(list)}, len(trees))
	if err != nil {
		return nil, fmt.Errorf("write expressions as text: %w", err)
	}
	texts := make([]string, len(r.Rows))
	for i, row := range r.Rows {
		texts[i] = tidy(row[0].(string))
	}
	return texts, nil
}

var (
	writtenAlias = regexp.MustCompile(` AS \w+$`)
	blanks       = regexp.MustCompile(`\s+`)
)

// tidy is an expression as the engine writes it, without what the engine adds around it.
func tidy(text string) string {
	text = blanks.ReplaceAllString(strings.TrimSuffix(strings.TrimPrefix(text, "SELECT "), ";"), " ")
	return strings.ReplaceAll(writtenAlias.ReplaceAllString(text, ""), `main."row"(`, "row(")
}
