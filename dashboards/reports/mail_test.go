package reports

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// postOffice is a mail server on this machine that keeps what it gets.
type postOffice struct {
	mu      sync.Mutex
	letters []letter
	addr    *net.TCPAddr
	roots   *x509.CertPool
}

type letter struct {
	to   []string
	text []byte
}

type session struct {
	office *postOffice
	letter letter
	isIn   bool
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "perfloop" || password != "open sesame" {
			return errors.New("wrong password")
		}
		s.isIn = true
		return nil
	}), nil
}

func (s *session) Mail(string, *smtp.MailOptions) error {
	if !s.isIn {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.letter.to = append(s.letter.to, to)
	return nil
}

func (s *session) Data(r io.Reader) (err error) {
	if s.letter.text, err = io.ReadAll(r); err != nil {
		return err
	}
	s.office.mu.Lock()
	defer s.office.mu.Unlock()
	s.office.letters = append(s.office.letters, s.letter)
	return nil
}

func (s *session) Reset()        { s.letter = letter{} }
func (s *session) Logout() error { return nil }

func openPostOffice(t *testing.T, isTLS bool) *postOffice {
	t.Helper()
	certificate, roots := ownCertificate(t)
	office := &postOffice{roots: roots}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{office: office}, nil }))
	server.Domain, server.TLSConfig = "localhost", &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	office.addr = listener.Addr().(*net.TCPAddr)
	if isTLS {
		listener = tls.NewListener(listener, server.TLSConfig)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		<-ended
	})
	return office
}

func ownCertificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}

// TestMailArrives with its attachment, over TLS from the first byte and by STARTTLS, signed in.
func TestMailArrives(t *testing.T) {
	body := bytes.Repeat([]byte("绩效\x00%PDF"), 1000)
	report := Report{Name: "perfloop-loop-2026上半年.pdf", ContentType: "application/pdf", Subject: "绩效循环 2026上半年", Text: "每周一的报告", Body: body}
	for _, security := range []Security{TLS, StartTLS} {
		office := openPostOffice(t, security == TLS)
		m := Mail{Host: "127.0.0.1", Port: office.addr.Port, User: "perfloop", Password: "open sesame", From: "perfloop@example.com", Security: security, Roots: office.roots}
		if err := m.Send(t.Context(), []string{"a@example.com", "b@example.com"}, report); err != nil {
			t.Fatalf("%s: %v", security, err)
		}
		if len(office.letters) != 1 || strings.Join(office.letters[0].to, " ") != "a@example.com b@example.com" {
			t.Fatalf("%s: %d letters", security, len(office.letters))
		}
		subject, name, attached := opened(t, office.letters[0].text)
		if subject != report.Subject || name != report.Name || !bytes.Equal(attached, body) {
			t.Errorf("%s: %q %q, %d bytes", security, subject, name, len(attached))
		}
	}
}

// opened are the subject, the attachment's name and its bytes.
func opened(t *testing.T, text []byte) (subject, name string, body []byte) {
	t.Helper()
	message, err := mail.ReadMessage(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	words := new(mime.WordDecoder)
	if subject, err = words.DecodeHeader(message.Header.Get("Subject")); err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	for parts := multipart.NewReader(message.Body, params["boundary"]); ; {
		part, err := parts.NextPart()
		if err == io.EOF {
			return subject, name, body
		}
		if err != nil {
			t.Fatal(err)
		}
		if part.FileName() == "" {
			continue
		}
		if name, err = words.DecodeHeader(part.FileName()); err != nil {
			t.Fatal(err)
		}
		if body, err = io.ReadAll(base64.NewDecoder(base64.StdEncoding, part)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestMailIsNotSentInTheOpen: no fallback to plain text, no unknown certificate, no password that fails quietly, nothing in the open to another machine.
func TestMailIsNotSentInTheOpen(t *testing.T) {
	office := openPostOffice(t, false)
	good := Mail{Host: "127.0.0.1", Port: office.addr.Port, User: "perfloop", Password: "open sesame", From: "perfloop@example.com", Security: StartTLS, Roots: office.roots}
	for name, change := range map[string]func(*Mail){
		"unknown certificate": func(m *Mail) { m.Roots = nil },
		"wrong password":      func(m *Mail) { m.Password = "sesame" },
		"tls where plain":     func(m *Mail) { m.Security = TLS },
		"plain to another":    func(m *Mail) { m.Host, m.Security = "mail.example.com", Plain },
		"no server":           func(m *Mail) { m.Host = "" },
		"no such security":    func(m *Mail) { m.Security = "" },
	} {
		m := good
		change(&m)
		err := m.Send(t.Context(), []string{"a@example.com"}, Report{Name: "a.pdf", ContentType: "application/pdf", Subject: "a", Text: "a", Body: []byte("a")})
		if err == nil || len(office.letters) > 0 {
			t.Errorf("%s: %d letters", name, len(office.letters))
		}
		if err != nil && strings.Contains(err.Error(), "sesame") {
			t.Errorf("%s: the error tells the password: %v", name, err)
		}
	}
}

func TestTheMailServerIsReadFromItsAddress(t *testing.T) {
	got, err := ParseMail("smtps://perfloop@mail.example.com:465?from=reports@example.com", "open sesame")
	if err != nil || got.Host != "mail.example.com" || got.Port != 465 || got.User != "perfloop" || got.Password != "open sesame" || got.From != "reports@example.com" || got.Security != TLS {
		t.Errorf("%+v %v", got, err)
	}
	if got, err = ParseMail("smtp+plain://localhost:25?from=a@example.com", ""); err != nil || got.Security != Plain {
		t.Errorf("%+v %v", got, err)
	}
	for _, text := range []string{"", "mail.example.com", "smtp://mail.example.com", "http://mail.example.com?from=a@example.com", "smtps://u:secret@mail.example.com?from=a@example.com",
		"smtp+plain://mail.example.com?from=a@example.com", "smtps://mail.example.com:465?from=nobody"} {
		if got, err := ParseMail(text, ""); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %+v %v", text, got, err)
		}
	}
}
