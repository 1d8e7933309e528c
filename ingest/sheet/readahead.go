package sheet

import "io"

const (
	aheadFrom   = 1 << 20   // bytes of a part that is worth a goroutine
	aheadPiece  = 128 << 10 // bytes that are handed over at a time
	aheadPieces = 4
)

// stream opens a part as read does; a large one is unpacked on a goroutine of its own. It must be closed.
func (w *workbook) stream(part string) (io.ReadCloser, error) {
	in, err := w.read(part)
	if err != nil {
		return nil, err
	}
	if w.parts[part].UncompressedSize64 < aheadFrom {
		return io.NopCloser(in), nil
	}
	return readAhead(in), nil
}

// aheadReader hands over what a goroutine reads, which stays up to aheadPieces ahead.
type aheadReader struct {
	pieces chan piece // closed by the goroutine when it ends
	free   chan []byte
	stop   chan struct{}
	piece  piece
	unread []byte // of piece
}

type piece struct {
	bytes []byte
	err   error // after bytes
}

func readAhead(in io.Reader) *aheadReader {
	a := &aheadReader{pieces: make(chan piece), free: make(chan []byte, aheadPieces), stop: make(chan struct{})}
	for range aheadPieces {
		a.free <- make([]byte, aheadPiece)
	}
	go a.run(in)
	return a
}

func (a *aheadReader) run(in io.Reader) {
	defer close(a.pieces)
	for {
		var p piece
		select {
		case p.bytes = <-a.free:
		case <-a.stop:
			return
		}
		p.bytes, p.err = fill(in, p.bytes[:aheadPiece])
		select {
		case a.pieces <- p:
		case <-a.stop:
			return
		}
		if p.err != nil {
			return
		}
	}
}

// fill reads until the buffer is full or there is an error, which is told apart from a part that ends too early.
func fill(in io.Reader, buffer []byte) ([]byte, error) {
	n := 0
	for n < len(buffer) {
		more, err := in.Read(buffer[n:])
		n += more
		if err != nil {
			return buffer[:n], err
		}
	}
	return buffer, nil
}

func (a *aheadReader) Read(p []byte) (int, error) {
	for len(a.unread) == 0 {
		if a.piece.err != nil {
			return 0, a.piece.err
		}
		if a.piece.bytes != nil {
			a.free <- a.piece.bytes
		}
		a.piece = <-a.pieces
		a.unread = a.piece.bytes
	}
	n := copy(p, a.unread)
	a.unread = a.unread[n:]
	return n, nil
}

// Close ends the reading and waits for it.
func (a *aheadReader) Close() error {
	close(a.stop)
	for range a.pieces {
	}
	return nil
}
