package ingest

// joinMessage takes the one text of a feedback for strengths or for what to improve, as the column of its type says: 表扬,
// constructive. Where nothing says which, it is neither, and a finding keeps the text.
func (c *converter) joinMessage(v values, kindCell string) *Problem {
	message := c.text(v, "message")
	if message == "" {
		return nil
	}
	field, known := c.dict.words["feedback_tone"][foldWord(kindCell)]
	if !known {
		return &Problem{Severity: Finding, Key: "feedback_of_no_tone", Field: "message", Cell: message}
	}
	c.fill(v, field, message)
	return nil
}
