package sheet

// Limits bound what a file may cost, against files made to exhaust the machine. A zero is the default.
type Limits struct {
	Bytes    int64 // of the file
	Unzipped int64 // bytes of all that an archive holds
}

// orDefaults is the limits with defaults for what is not stated.
func (l Limits) orDefaults() Limits {
	if l.Bytes == 0 {
		l.Bytes = 1 << 30
	}
	if l.Unzipped == 0 {
		l.Unzipped = 2 << 30
	}
	return l
}
