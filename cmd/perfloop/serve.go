package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/perfloop/perfloop/dashboards"
	"github.com/perfloop/perfloop/dashboards/reports"
)

type serveCommand struct {
	limitFlags
	Addr string `help:"Address to listen on. Without sign-in only this machine's own." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Demo bool   `help:"Fill an empty data folder with the demo company first."`

	Inbox string `help:"Folder to watch: files put there are imported and moved to done/ or rejected/ below it, with a report." type:"existingdir" placeholder:"DIR"`
	SMTP  string `help:"Mail server for scheduled reports: smtps://USER@HOST:PORT?from=ADDRESS, or smtp:// for STARTTLS. Its password is read from PERFLOOP_SMTP_PASSWORD." env:"PERFLOOP_SMTP" placeholder:"URL"`
}

// Run serves until the process is told to stop.
func (c *serveCommand) Run(ctx context.Context, a *app) error {
	if !isLoopback(c.Addr) {
		return usage("cli.not_loopback", "address", c.Addr)
	}
	limits, err := c.limits()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return &userError{key: "cli.address_taken", args: map[string]any{"address": c.Addr, "problem": err.Error()}, code: exitNothing}
	}
	defer listener.Close()
	s, err := openStore(ctx, a.data)
	if err != nil {
		return err
	}
	s.archive.Limits = limits
	if c.Demo {
		err = fillWithDemo(ctx, a, s)
	}
	if err == nil {
		err = c.serve(ctx, a, s, listener)
	}
	return errors.Join(err, s.close())
}

func (c *serveCommand) serve(ctx context.Context, a *app, s *store, listener net.Listener) error {
	token := rand.Text()
	log := slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	scheduled, err := c.reports(a.data)
	if err != nil {
		return err
	}
	config := dashboards.Config{DB: s.db, Archive: s.archive, Token: token, Tokens: tokensOf(a.data), Log: log, Now: time.Now,
		Uploads: filepath.Join(a.data, "uploads"), Reports: scheduled}
	handler, err := dashboards.New(config)
	if err != nil {
		return err
	}
	defer handler.Close() //nolint:errcheck // what is left is cleared at the next start
	address := listener.Addr().String()
	if err := writeServerFile(a.data, serverFile{Address: address, Token: token}); err != nil {
		return err
	}
	defer os.Remove(serverFilePath(a.data))
	a.print("cli.serving", "address", "http://"+address)
	go refreshDaily(ctx, s, log)
	go handler.Runner(config).Run(ctx)
	stopWatching, err := c.watch(ctx, a, s, log)
	if err != nil {
		return err
	}
	defer stopWatching()
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		stopped <- server.Shutdown(grace)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return <-stopped
}

// watch imports from the inbox, if there is one, until the function it answers is called, which waits for the end.
func (c *serveCommand) watch(ctx context.Context, a *app, s *store, log *slog.Logger) (stop func(), err error) {
	if c.Inbox == "" {
		return func() {}, nil
	}
	in, err := openInbox(a, s, c.Inbox, log)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { in.watch(ctx) })
	return func() { cancel(); running.Wait() }, nil
}

// reports are kept in the data folder; how mail leaves is said anew at each start.
func (c *serveCommand) reports(data string) (found dashboards.Reports, err error) {
	if found.Book, err = reports.OpenBook(filepath.Join(data, "reports")); err != nil || c.SMTP == "" {
		return found, err
	}
	if found.Mail, err = reports.ParseMail(c.SMTP, os.Getenv("PERFLOOP_SMTP_PASSWORD")); err != nil {
		return found, usage("cli.bad_smtp", "problem", err.Error())
	}
	return found, nil
}

// refreshDaily remakes the models soon after each midnight, until ctx ends.
func refreshDaily(ctx context.Context, s *store, log *slog.Logger) {
	tick := time.NewTicker(10 * time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.db.Refresh(ctx); err != nil && ctx.Err() == nil {
				log.Error("refresh models", "error", err)
			}
		}
	}
}

// isLoopback reports whether an address can be reached from this machine only. There is no sign-in yet,
// so whoever reaches the server sees everything.
func isLoopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
