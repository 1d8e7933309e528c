package sheet

import (
	"bytes"
	"io"
)

// newlines reads r with CR and CRLF turned into LF.
type newlines struct {
	r       io.Reader
	afterCR bool
}

func (n *newlines) Read(p []byte) (int, error) {
	for {
		size, err := n.r.Read(p)
		kept := n.normalise(p[:size])
		if kept > 0 || err != nil || len(p) == 0 {
			return kept, err
		}
	}
}

// normalise rewrites p in place and answers how much of it is left.
func (n *newlines) normalise(p []byte) int {
	if len(p) == 0 {
		return 0
	}
	if !n.afterCR && bytes.IndexByte(p, '\r') < 0 {
		return len(p)
	}
	out := 0
	for _, b := range p {
		if b == '\n' && n.afterCR {
			n.afterCR = false
			continue
		}
		n.afterCR = b == '\r'
		if n.afterCR {
			b = '\n'
		}
		p[out] = b
		out++
	}
	return out
}
