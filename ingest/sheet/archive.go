package sheet

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// spoolSize is how much of an unpacked file is held in memory; more goes to a temporary file.
const spoolSize = 16 << 20

func isGzip(in Input) bool { return startsWith(in, "\x1f\x8b\x08") }

// openGzip opens the one file that is packed.
func (o opener) openGzip(name string, in Input) (*Book, error) {
	if o.isMember {
		return nil, fault(name, "archive_in_archive", nil)
	}
	unpacked, err := gzip.NewReader(io.NewSectionReader(in, 0, in.Size()))
	if err != nil {
		return nil, fault(name, "damaged_archive", err)
	}
	most := min(o.reading.Limits.Unzipped, max(ratioFree, in.Size()*o.reading.Limits.Ratio))
	content, release, err := o.spool(&capped{unpacked, most, &exceeded{limitUnzipped, most}})
	if err != nil {
		return nil, fault(name, "damaged_archive", err)
	}
	o.isMember = true
	book, err := o.open(name, content)
	if err != nil {
		return nil, errors.Join(err, release())
	}
	book.release = both(book.release, release)
	return book, nil
}

func both(first, second func() error) func() error {
	if first == nil {
		return second
	}
	return func() error { return errors.Join(first(), second()) }
}

// spool holds what in has, in memory or in a temporary file that release removes.
func (o opener) spool(in io.Reader) (content Input, release func() error, err error) {
	var start bytes.Buffer
	if _, err := io.CopyN(&start, in, spoolSize); errors.Is(err, io.EOF) {
		return bytes.NewReader(start.Bytes()), func() error { return nil }, nil
	} else if err != nil {
		return nil, nil, err
	}
	f, err := os.CreateTemp("", "perfloop-*")
	if err != nil {
		return nil, nil, fmt.Errorf("make temporary file: %w", err)
	}
	release = func() error { return errors.Join(f.Close(), os.Remove(f.Name())) }
	size, err := io.Copy(f, io.MultiReader(&start, in))
	if err != nil {
		return nil, nil, errors.Join(err, release())
	}
	return io.NewSectionReader(f, 0, size), release, nil
}

// openZip opens a workbook, or an archive of other files.
func (o opener) openZip(name string, in Input) (*Book, error) {
	book, err := openWorkbook(name, in, o.reading.Limits)
	var refused *Error
	if !errors.As(err, &refused) || refused.Key != "unsupported_format" || refused.Args["format"] != formatZip {
		return book, err
	}
	if o.isMember {
		return nil, fault(name, "archive_in_archive", nil)
	}
	archive, err := zip.NewReader(in, in.Size())
	if err != nil {
		return nil, fault(name, "damaged_archive", err)
	}
	return o.openMembers(name, archive)
}

// openMembers opens each file. One that cannot be read is a sheet with a fault.
func (o opener) openMembers(name string, archive *zip.Reader) (*Book, error) {
	all := &Book{format: formatZip}
	o.isMember = true
	for _, f := range archive.File {
		member := memberName(f)
		if f.FileInfo().IsDir() || isAside(member) {
			continue
		}
		book, err := o.openMember(name+"/"+member, f)
		var bad *Error
		switch {
		case errors.As(err, &bad):
			s := &Sheet{Name: member, Member: member, Fault: bad, source: noRows{}}
			all.sheets = append(all.sheets, s)
		case err != nil:
			return nil, errors.Join(err, all.Close())
		default:
			all.release = both(book.release, orNothing(all.release))
			all.adopt(member, book)
		}
		if err := o.reading.Limits.check(limitSheets, int64(len(all.sheets))); err != nil {
			return nil, errors.Join(fault(name, "", err), all.Close())
		}
	}
	return all, nil
}

func orNothing(release func() error) func() error {
	if release == nil {
		return func() error { return nil }
	}
	return release
}

// adopt takes over the sheets of a member, under its name.
func (b *Book) adopt(member string, book *Book) {
	b.dumps = append(b.dumps, book.dumps...)
	for _, s := range book.sheets {
		s.Member, s.Title = member, s.Name
		if s.Name = member; s.Title != "" {
			s.Name += "/" + s.Title
		}
		b.sheets = append(b.sheets, s)
	}
}

// noRows is the source of what cannot be read.
type noRows struct{}

func (noRows) rows(func(Row, error) bool)    {}
func (noRows) styles(int, int) []ColumnStyle { return nil }

func (o opener) openMember(name string, f *zip.File) (*Book, error) {
	if f.Flags&1 != 0 {
		return nil, fault(name, "password_protected", nil)
	}
	if err := o.reading.Limits.check(limitBytes, int64(min(f.UncompressedSize64, 1<<62))); err != nil {
		return nil, fault(name, "", err)
	}
	unpacked, err := f.Open()
	if err != nil {
		return nil, fault(name, "damaged_archive", err)
	}
	defer unpacked.Close()
	content, release, err := o.spool(unpacked)
	if err != nil {
		return nil, fault(name, "damaged_archive", err)
	}
	book, err := o.open(name, content)
	if err != nil {
		return nil, errors.Join(err, release())
	}
	book.release = both(book.release, release)
	return book, nil
}

// memberName is the path of a member. Old archives have it in the encoding of the machine they were made on.
func memberName(f *zip.File) string {
	name := strings.ReplaceAll(f.Name, `\`, "/")
	if f.NonUTF8 && !utf8.ValidString(name) {
		if text, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = text
		}
	}
	return strings.TrimLeft(path.Clean("/"+strings.ToValidUTF8(name, "_")), "/")
}

// isAside says that a member is a folder, or what programs leave beside people's files.
func isAside(member string) bool {
	parts := strings.Split(member, "/")
	last := parts[len(parts)-1]
	return last == "" || slices.Contains(parts, "__MACOSX") || strings.HasPrefix(last, ".") || strings.HasPrefix(last, "~$") || last == "Thumbs.db"
}
