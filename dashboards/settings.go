package dashboards

import (
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
)

// ChangedSettings is the answer to a settings file: what is not as it was, and the build that has it.
type ChangedSettings struct {
	Changes []analytics.SettingChange `json:"changes"`
	Build   int64                     `json:"build"`
}

// settingsLimit bounds a settings file.
const settingsLimit = 1 << 20

// apiSettings takes a settings file as its body, from the command line alone: tokens of programs are for imports.
func (s *server) apiSettings(c echo.Context) error {
	if c.Get(importer) != commandLine {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	text, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, settingsLimit))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return &UserError{Status: http.StatusRequestEntityTooLarge, Key: "error.too_large"}
	}
	if err != nil {
		return err
	}
	edit, err := analytics.ReadSettings(text)
	if err != nil {
		return settingsMistake(err)
	}
	changes, built, err := s.DB.ChangeSettings(c.Request().Context(), edit, sender(c, c.QueryParam("by")))
	if err != nil {
		return settingsMistake(err)
	}
	return c.JSON(http.StatusOK, ChangedSettings{Changes: changes, Build: built.ID})
}

// settingsMistake says all that is wrong with a settings file.
func settingsMistake(err error) error {
	var theirs *analytics.SettingsError
	if !errors.As(err, &theirs) {
		return err
	}
	var mistakes []*UserError
	for _, f := range theirs.Faults {
		args := map[string]any{"line": f.Line}
		for name, value := range f.Args {
			args[name] = value
		}
		mistakes = append(mistakes, &UserError{Status: http.StatusUnprocessableEntity, Key: "problem." + f.Key, Args: args})
	}
	mistakes[0].Others = mistakes[1:]
	return mistakes[0]
}

// SettingsSentences are the mistakes of a settings file in words, all of them; nil where the error is another.
func SettingsSentences(err error, lang string) []string {
	mistake, ok := asUserError(settingsMistake(err))
	if !ok {
		return nil
	}
	return mistake.sentences(words.For(lang))
}
