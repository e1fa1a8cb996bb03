/* Billing schedules: compiled, proved, and evaluated exactly. Made by cbindgen from src/lib.rs.

   Every function may be called with NULL for any pointer: what cannot be done without it is an error.
   Texts are UTF-8. An error is a JSON object: `message`, and for schedules with errors `findings`. No failure of
   the library ends the process or unwinds into it. Schedules may be used by any number of threads at once, an
   answer too; a session by one at a time, and others get an error meanwhile. */

#ifndef JALON_H
#define JALON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What cases come to.
typedef struct jalon_answer jalon_answer;

// Sound schedules.
typedef struct jalon_schedules jalon_schedules;

// Cases that come batch by batch.
typedef struct jalon_session jalon_session;

// A schedule file.
typedef struct {
  // The name by which messages call it.
  const char *name;
  // Its text.
  const uint8_t *text;
  // How many bytes the text has.
  size_t length;
} jalon_file;

// What is asked for.
typedef struct {
  // The last day that counts, as YYYY-MM-DD.
  const char *as_of;
  // Whether invoices are made of the lines.
  bool invoices;
  // Whether notices are told.
  bool notices;
  // Whether lines whose case cannot be read are left out; else nothing is billed.
  bool skip_unreadable;
  // How many threads bill cases at the most; 0 is one.
  size_t threads;
} jalon_options;

// Invoices that are followed: texts of one JSON object a line, or CSV.
typedef struct {
  // The invoices.
  const uint8_t *invoices;
  // How many bytes they have.
  size_t invoices_length;
  // What happened to them.
  const uint8_t *events;
  // How many bytes that has.
  size_t events_length;
  // The steps that have really been done; with NULL every evening up to the last day is replayed.
  const uint8_t *done;
  // How many bytes they have.
  size_t done_length;
  // The last day that counts, as YYYY-MM-DD.
  const char *as_of;
} jalon_invoices;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The version of the library; not to be freed.
const char *jalon_version(void);

// Compiles schedule files; messages are in `lang` ("en", "fr"), or with NULL in the language of each file. NULL, and an
// error, where they cannot be used.
jalon_schedules *jalon_compile(const jalon_file *files,
                               size_t count,
                               const char *lang,
                               char **error);

// Gives schedules back. Sessions on them go on.
void jalon_schedules_free(jalon_schedules *schedules);

// The schedules as a JSON array: `name`, `in_force_from`, `currency`, `hash`. To be freed with `jalon_text_free`.
char *jalon_list(const jalon_schedules *schedules,
                 char **error);

// Proves schedules over every case that can come: the JSON document of `jalon verify --format json`. To be freed with
// `jalon_text_free`.
char *jalon_verify(const jalon_schedules *schedules,
                   char **error);

// Bills the cases of events: `length` bytes, JSON objects, one a line, in any order. What is wrong with a case withholds
// the case, and is no error.
jalon_answer *jalon_evaluate(const jalon_schedules *schedules,
                             const uint8_t *events,
                             size_t length,
                             const jalon_options *asked,
                             char **error);

// The steps of follow-ups that fired: a JSON document with `answer` (what `jalon follow --format json` writes, as an array),
// `withheld` (`invoice_id`, `in`: "invoices", "events" or null, `line`, `message`), `unknown` and `notices` (sentences). Only
// steps of the day `since` or later, unless it is NULL. What is wrong with an invoice withholds it, and is no error; a line
// that names none is. To be freed with `jalon_text_free`.
char *jalon_follow(const jalon_schedules *schedules,
                   const jalon_invoices *of,
                   const char *since,
                   char **error);

// What is unpaid: a document like that of `jalon_follow`, whose `answer` is what `jalon unpaid --format json` writes.
char *jalon_unpaid(const jalon_schedules *schedules,
                   const jalon_invoices *of,
                   char **error);

// The journal: a document like that of `jalon_follow`, whose `answer` is the document of `jalon journal --format json`.
char *jalon_journal(const jalon_schedules *schedules,
                    const jalon_invoices *of,
                    char **error);

// What was done and never billed, of the events of cases and, unless NULL, of the lines that have been issued: a document
// with `answer` (what `jalon leaks --format json` writes, as an array) and `withheld` (cases). Of the options only `as_of` and
// `skip_unreadable` count. To be freed with `jalon_text_free`.
char *jalon_leaks(const jalon_schedules *schedules,
                  const uint8_t *events,
                  size_t length,
                  const uint8_t *issued,
                  size_t issued_length,
                  const jalon_options *asked,
                  char **error);

// How each line of the cases came about and why the others did not, of one case or, with NULL, of all: the document of
// `jalon explain --format json`, whose places name the file `events`, with `withheld` (lines that could belong to any case, and
// with one of them all cases). Of the options only `as_of` and `skip_unreadable` count. To be freed with `jalon_text_free`.
char *jalon_explain(const jalon_schedules *schedules,
                    const uint8_t *events,
                    size_t length,
                    const char *case_name,
                    const jalon_options *asked,
                    char **error);

// A session: cases that come batch by batch, the events of each case together.
jalon_session *jalon_session_new(const jalon_schedules *schedules,
                                 const jalon_options *asked,
                                 char **error);

// Takes a batch of events, whole lines. False, and an error, where the events of a case do not stand together or the
// case of a line cannot be read: then nothing that the session gave is to be used.
bool jalon_session_feed(const jalon_session *session,
                        const uint8_t *events,
                        size_t length,
                        char **error);

// What finished cases come to, since the last time.
jalon_answer *jalon_session_take(const jalon_session *session, char **error);

// Bills what is left of a session, which can then begin anew.
jalon_answer *jalon_session_finish(const jalon_session *session, char **error);

// Gives a session back.
void jalon_session_free(jalon_session *session);

// Invoice lines, one JSON object a line; they live as long as the answer.
const char *jalon_answer_lines(const jalon_answer *answer, size_t *length);

// Invoices, where they were asked for, one JSON object a line.
const char *jalon_answer_invoices(const jalon_answer *answer, size_t *length);

// Withheld cases, one JSON object a line: `case` (null for a line that could belong to any case), `batch`, `line`,
// `column`, `message`.
const char *jalon_answer_withheld(const jalon_answer *answer,
                                  size_t *length);

// Notices, where they were asked for, one JSON object a line.
const char *jalon_answer_notices(const jalon_answer *answer, size_t *length);

// How many cases are billed.
uint64_t jalon_answer_billed(const jalon_answer *answer);

// How many cases are withheld.
uint64_t jalon_answer_held(const jalon_answer *answer);

// Gives an answer back, with its texts.
void jalon_answer_free(jalon_answer *answer);

// Gives a text or an error back.
void jalon_text_free(char *text);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* JALON_H */
