package reports

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"
)

// Mail is how mail leaves: the server, as whom, and how the way there is kept secret.
type Mail struct {
	Host     string
	Port     int
	User     string // empty: the server asks for no sign-in
	Password string
	From     string
	Security Security
	Roots    *x509.CertPool // of certificates to trust; nil: the system's
}

// Security of the way to the mail server.
type Security string

// The ways. Plain is for a server on this machine only.
const (
	StartTLS Security = "starttls"
	TLS      Security = "tls"
	Plain    Security = "none"
)

// What can be wrong with how mail leaves.
var (
	ErrNoMail   = errors.New("no mail server is set")
	ErrPlain    = errors.New("mail without TLS goes to this machine only")
	ErrSecurity = errors.New("the security of mail is neither starttls, tls nor none")
)

const mailTime = time.Minute

// Send mails a report to everybody named.
func (m Mail) Send(ctx context.Context, to []string, r Report) error {
	client, err := m.client()
	if err != nil {
		return err
	}
	message := mail.NewMsg()
	if err := errors.Join(message.From(m.From), message.To(to...)); err != nil {
		return fmt.Errorf("address mail: %w", err)
	}
	message.Subject(r.Subject)
	message.SetDate()
	message.SetMessageID()
	message.SetBodyString(mail.TypeTextPlain, r.Text)
	if err := message.AttachReader(r.Name, bytes.NewReader(r.Body), mail.WithFileContentType(mail.ContentType(r.ContentType))); err != nil {
		return fmt.Errorf("attach report: %w", err)
	}
	if err := client.DialAndSendWithContext(ctx, message); err != nil {
		return fmt.Errorf("send mail: %w", err)
	}
	return nil
}

func (m Mail) client() (*mail.Client, error) {
	if m.Host == "" {
		return nil, ErrNoMail
	}
	options := []mail.Option{mail.WithTimeout(mailTime), mail.WithTLSConfig(&tls.Config{ServerName: m.Host, RootCAs: m.Roots, MinVersion: tls.VersionTLS12})}
	switch m.Security {
	case StartTLS:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	case TLS:
		options = append(options, mail.WithSSL())
	case Plain:
		if !isThisMachine(m.Host) {
			return nil, fmt.Errorf("%w: %s", ErrPlain, m.Host)
		}
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		return nil, fmt.Errorf("%w: %q", ErrSecurity, m.Security)
	}
	if m.Port > 0 {
		options = append(options, mail.WithPort(m.Port))
	}
	if m.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(m.User), mail.WithPassword(m.Password))
	}
	client, err := mail.NewClient(m.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("set up mail: %w", err)
	}
	return client, nil
}

func isThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Put writes a report into a folder, whole or not at all, and returns its path. A file of the same name is kept: the new one is numbered.
func Put(dir string, r Report) (string, error) {
	file, err := os.CreateTemp(dir, ".perfloop-*")
	if err != nil {
		return "", fmt.Errorf("write report: %w", err)
	}
	defer os.Remove(file.Name())
	_, err = file.Write(r.Body)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return "", fmt.Errorf("write report: %w", err)
	}
	ext := filepath.Ext(r.Name)
	for n := 1; ; n++ {
		name := r.Name
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", r.Name[:len(r.Name)-len(ext)], n, ext)
		}
		path := filepath.Join(dir, filepath.Base(name))
		err := os.Link(file.Name(), path) // fails where the name is taken
		if err == nil {
			return path, nil
		}
		if !errors.Is(err, os.ErrExist) {
			return "", fmt.Errorf("write report: %w", err)
		}
	}
}

// ErrMailAddress says that the address of the mail server cannot be read.
var ErrMailAddress = errors.New("the mail server is not written as smtps://USER@HOST:PORT?from=ADDRESS or smtp://…")

// ParseMail reads how mail leaves: smtps:// is TLS from the first byte, smtp:// STARTTLS, smtp+plain:// neither and for this machine only.
// The password is not part of it: it would be seen by whoever lists processes.
func ParseMail(text, password string) (Mail, error) {
	address, err := url.Parse(text)
	if err != nil || address.Hostname() == "" {
		return Mail{}, ErrMailAddress
	}
	if _, isSet := address.User.Password(); isSet {
		return Mail{}, fmt.Errorf("%w; the password goes into PERFLOOP_SMTP_PASSWORD", ErrMailAddress)
	}
	security, ok := map[string]Security{"smtps": TLS, "smtp": StartTLS, "smtp+plain": Plain}[address.Scheme]
	from := address.Query().Get("from")
	if _, err := netmail.ParseAddress(from); !ok || err != nil {
		return Mail{}, ErrMailAddress
	}
	m := Mail{Host: address.Hostname(), User: address.User.Username(), Password: password, From: from, Security: security}
	if address.Port() != "" {
		if m.Port, err = strconv.Atoi(address.Port()); err != nil {
			return Mail{}, ErrMailAddress
		}
	}
	_, err = m.client()
	return m, err
}
