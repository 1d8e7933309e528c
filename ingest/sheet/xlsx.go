package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

// workbook is an XLSX file: a zip archive of XML parts. It is read here and not with
// excelize, which does not tell the text 1E5 from the number 100000, takes a sheet that is
// cut short for a complete one, and needs several times as long.
type workbook struct {
	file    string
	parts   map[string]*zip.File // by lower-case path
	strings *stringTable
	styles  []ColumnStyle // by the index that cells give

	uncalculated bool // who wrote it leaves the formulas to the next program
}

func openWorkbook(file string, data Input, limits Limits) (*Book, error) {
	archive, err := zip.NewReader(data, data.Size())
	if err != nil {
		return nil, fault(file, "damaged_workbook", err)
	}
	if err := limits.checkArchive(archive, data.Size()); err != nil {
		return nil, fault(file, "", err)
	}
	w := &workbook{file: file, parts: map[string]*zip.File{}, strings: &stringTable{most: limits.Memory}}
	for _, f := range archive.File {
		w.parts[partName(f.Name)] = f
	}
	main, err := w.mainPart()
	if err != nil {
		return nil, w.fault(err)
	}
	if w.parts[main] == nil && w.isODS() {
		return w.openODS()
	}
	if w.parts[main] == nil {
		return nil, w.otherArchive()
	}
	if w.parts[main].Flags&1 != 0 {
		return nil, fault(file, "password_protected", nil)
	}
	book, err := w.open(main)
	if err != nil {
		_ = w.strings.close() // the reason is in err
		return nil, w.fault(err)
	}
	return book, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (w *workbook) fault(err error) *Error {
	return fault(w.file, "damaged_workbook", err)
}

// otherArchive names the kind of an archive that is no workbook.
func (w *workbook) otherArchive() *Error {
	format, isBook := "", false
	for part := range w.parts {
		switch {
		case part == "xl/workbook.bin":
			format = "xlsb"
		case part == "word/document.xml":
			format = "docx"
		case part == "ppt/presentation.xml":
			format = "pptx"
		case part == "index/document.iwa", part == "index.zip":
			format = "numbers"
		case part == "mimetype":
			format = openDocuments[w.mimeType()]
		case strings.HasPrefix(part, "xl/"), strings.HasPrefix(part, "_rels/"), part == "meta-inf/manifest.xml":
			isBook = true
		}
	}
	if format == "" && isBook {
		return fault(w.file, "damaged_workbook", nil)
	}
	if format == "" {
		format = formatZip
	}
	return unsupported(w.file, format)
}

func (w *workbook) mimeType() string {
	in, err := w.read("mimetype")
	if err != nil {
		return ""
	}
	text, _ := io.ReadAll(io.LimitReader(in, 200))
	return string(text)
}

// read opens a part, as UTF-8. Reading fails if the part is not as large as the archive says.
func (w *workbook) read(part string) (io.Reader, error) {
	f := w.parts[part]
	if f == nil {
		return nil, fmt.Errorf("part %s is missing", part)
	}
	in, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open part %s: %w", part, err)
	}
	mark := make([]byte, 2)
	n, err := io.ReadFull(in, mark)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, fmt.Errorf("read part %s: %w", part, err)
	}
	whole := io.MultiReader(bytes.NewReader(mark[:n]), in)
	if string(mark) == "\xff\xfe" || string(mark) == "\xfe\xff" {
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(whole), nil
	}
	return whole, nil
}

// decode reads a small part into a struct.
func (w *workbook) decode(part string, into any) error {
	in, err := w.read(part)
	if err != nil {
		return err
	}
	d := xml.NewDecoder(io.LimitReader(in, maxToken))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("decode part %s: %w", part, err)
	}
	if _, err := io.Copy(io.Discard, in); err != nil { // to the checksum
		return fmt.Errorf("read part %s: %w", part, err)
	}
	return nil
}

// relations of a part: what it refers to, by id, in the order of the file.
type relations struct {
	List []relation `xml:"Relationship"`
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"` // an address; kind is its end
	Target string `xml:"Target,attr"`
}

func (r relation) kind() string { return path.Base(r.Type) }

// related reads the relations of a part, of the archive itself if part is "".
func (w *workbook) related(part string) (relations, error) {
	var r relations
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	if w.parts[name] == nil {
		return r, nil
	}
	if err := w.decode(name, &r); err != nil {
		return r, err
	}
	for i, rel := range r.List {
		target := strings.ReplaceAll(rel.Target, `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		r.List[i].Target = partName(target)
	}
	return r, nil
}

// mainPart finds the part that lists the sheets.
func (w *workbook) mainPart() (string, error) {
	rels, err := w.related("")
	if err != nil {
		return "", err
	}
	for _, rel := range rels.List {
		if rel.kind() == "officeDocument" && strings.HasSuffix(rel.Target, "workbook.xml") {
			return rel.Target, nil
		}
	}
	return "xl/workbook.xml", nil
}

type workbookXML struct {
	Properties struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Calculation struct {
		OnLoad string `xml:"fullCalcOnLoad,attr"`
	} `xml:"calcPr"`
	Sheets []struct {
		Name string `xml:"name,attr"`
		ID   string `xml:"id,attr"`
	} `xml:"sheets>sheet"`
}

func (w *workbook) open(main string) (*Book, error) {
	var x workbookXML
	if err := w.decode(main, &x); err != nil {
		return nil, err
	}
	rels, err := w.related(main)
	if err != nil {
		return nil, err
	}
	byID := map[string]relation{}
	for _, rel := range rels.List {
		byID[rel.ID] = rel
		switch rel.kind() {
		case "sharedStrings":
			err = w.readStrings(rel.Target)
		case "styles":
			err = w.readStyles(rel.Target)
		}
		if err != nil {
			return nil, err
		}
	}
	book := &Book{format: "xlsx", release: w.strings.close}
	w.uncalculated = isTrue([]byte(x.Calculation.OnLoad))
	date1904 := isTrue([]byte(x.Properties.Date1904))
	for _, s := range x.Sheets {
		rel := byID[s.ID]
		if rel.Target != "" && rel.kind() != "worksheet" {
			continue // a chart or a macro sheet
		}
		if w.parts[rel.Target] == nil {
			return nil, fmt.Errorf("sheet %s is missing", s.Name)
		}
		source := &gridSource{grid: &xmlSheet{book: w, name: s.Name, part: rel.Target}}
		book.sheets = append(book.sheets, &Sheet{Name: s.Name, date1904: date1904, source: source})
	}
	return book, nil
}
