/* What a host must survive: NULL for every pointer, what is not UTF-8, sizes that cannot be, sessions in two threads. */
#include "../jalon.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOLDS(what) do { if (!(what)) { fprintf(stderr, "%d: %s\n", __LINE__, #what); exit(1); } } while (0)

/* An error is there, and says something. */
static void told(char **error, const char *what) {
    HOLDS(*error && strstr(*error, "\"message\":"));
    if (!strstr(*error, what)) { fprintf(stderr, "%s: %s\n", what, *error); exit(1); }
    jalon_text_free(*error);
    *error = NULL;
}

static const char *SOURCE =
    "schedule \"S\"\n price fixed 9 EUR\n deposit \"D\": 1 EUR on start\n balance \"B\": 100 % on end";

static const char *FOLLOW_UP = "follow-up \"F\"\n payment due 30 days\n step \"Reminder\": 8 days after due";

static jalon_session *shared;
static int fed = 0;

static void *feed(void *events) {
    char *error = NULL;
    if (jalon_session_feed(shared, events, strlen(events), &error))
        __atomic_add_fetch(&fed, 1, __ATOMIC_SEQ_CST);
    else
        HOLDS(strstr(error, "another thread") || strstr(error, "do not stand together"));
    jalon_text_free(error);
    return NULL;
}

int main(void) {
    char *error = NULL;
    jalon_file file = {"s.jalon", (const uint8_t *)SOURCE, strlen(SOURCE)};
    HOLDS(jalon_version() && strlen(jalon_version()) >= 5);

    HOLDS(!jalon_compile(NULL, 0, NULL, &error)); told(&error, "no schedule");
    HOLDS(!jalon_compile(NULL, 1, NULL, &error)); told(&error, "files is NULL");
    HOLDS(!jalon_compile(&file, (size_t)-1, NULL, &error)); told(&error, "that many");
    HOLDS(!jalon_compile(&file, 1, "xx", &error)); told(&error, "language");
    HOLDS(!jalon_compile(&file, 1, "\xff", &error)); told(&error, "not UTF-8");
    HOLDS(!jalon_compile(NULL, 0, NULL, NULL));
    jalon_file bad = file;
    bad.name = NULL;
    HOLDS(!jalon_compile(&bad, 1, NULL, &error)); told(&error, "name of a file is NULL");
    bad.name = "\xc3\x28";
    HOLDS(!jalon_compile(&bad, 1, NULL, &error)); told(&error, "not UTF-8");
    bad = file;
    bad.text = NULL;
    HOLDS(!jalon_compile(&bad, 1, NULL, &error)); told(&error, "text of a file is NULL");
    bad = file;
    bad.length = (size_t)-1;
    HOLDS(!jalon_compile(&bad, 1, NULL, &error)); told(&error, "that many");
    bad.length = 0;
    bad.text = NULL;
    HOLDS(!jalon_compile(&bad, 1, NULL, &error)); told(&error, "empty-file");
    bad.text = (const uint8_t *)"\xff\xfe\x00";
    bad.length = 3;
    HOLDS(!jalon_compile(&bad, 1, "en", &error)); told(&error, "not-utf8");
    bad.length = 0;

    jalon_schedules *schedules = jalon_compile(&file, 1, NULL, &error);
    HOLDS(schedules && !error);
    char *list = jalon_list(schedules, &error);
    HOLDS(list && strstr(list, "\"currency\":\"EUR\""));
    jalon_text_free(list);
    HOLDS(!jalon_list(NULL, &error)); told(&error, "schedules is NULL");
    HOLDS(!jalon_verify(NULL, &error)); told(&error, "schedules is NULL");

    jalon_options options = {"2025-12-31", true, true, false, 0};
    const char *events = "{\"case\":\"A\",\"date\":\"2025-01-31\",\"kind\":\"start\"}\n";
    const uint8_t *bytes = (const uint8_t *)events;
    HOLDS(!jalon_evaluate(NULL, bytes, 1, &options, &error)); told(&error, "schedules is NULL");
    HOLDS(!jalon_evaluate(schedules, NULL, 1, &options, &error)); told(&error, "events is NULL");
    HOLDS(!jalon_evaluate(schedules, bytes, (size_t)-1, &options, &error)); told(&error, "that many");
    HOLDS(!jalon_evaluate(schedules, bytes, 1, NULL, &error)); told(&error, "options is NULL");
    jalon_options wrong = options;
    wrong.as_of = NULL;
    HOLDS(!jalon_evaluate(schedules, bytes, 1, &wrong, &error)); told(&error, "as_of is NULL");
    wrong.as_of = "\xff";
    HOLDS(!jalon_evaluate(schedules, bytes, 1, &wrong, &error)); told(&error, "not UTF-8");
    wrong.as_of = "2025-02-30";
    HOLDS(!jalon_evaluate(schedules, bytes, 1, &wrong, &error)); told(&error, "YYYY-MM-DD");
    HOLDS(!jalon_evaluate(schedules, bytes, 1, &wrong, NULL));

    jalon_invoices of = {NULL, 0, NULL, 0, NULL, 0, "2025-12-31"};
    HOLDS(!jalon_follow(NULL, &of, NULL, &error)); told(&error, "schedules is NULL");
    HOLDS(!jalon_unpaid(NULL, &of, &error)); told(&error, "schedules is NULL");
    HOLDS(!jalon_journal(NULL, &of, &error)); told(&error, "schedules is NULL");
    HOLDS(!jalon_unpaid(schedules, &of, &error)); told(&error, "no follow-up");
    jalon_file follow = {"f.jalon", (const uint8_t *)FOLLOW_UP, strlen(FOLLOW_UP)};
    jalon_schedules *follow_ups = jalon_compile(&follow, 1, NULL, &error);
    HOLDS(follow_ups && !error);
    HOLDS(!jalon_follow(follow_ups, NULL, NULL, &error)); told(&error, "invoices is NULL");
    HOLDS(!jalon_follow(follow_ups, &of, "2025-02-30", &error)); told(&error, "since is written YYYY-MM-DD");
    HOLDS(!jalon_follow(follow_ups, &of, "\xff", &error)); told(&error, "not UTF-8");
    HOLDS(!jalon_journal(follow_ups, NULL, &error)); told(&error, "invoices is NULL");
    jalon_invoices odd = of;
    odd.as_of = NULL;
    HOLDS(!jalon_unpaid(follow_ups, &odd, &error)); told(&error, "as_of is NULL");
    odd.as_of = "tomorrow";
    HOLDS(!jalon_unpaid(follow_ups, &odd, &error)); told(&error, "YYYY-MM-DD");
    odd = of;
    odd.invoices_length = 1;
    HOLDS(!jalon_unpaid(follow_ups, &odd, &error)); told(&error, "invoices is NULL");
    odd.invoices = bytes;
    odd.invoices_length = (size_t)-1;
    HOLDS(!jalon_unpaid(follow_ups, &odd, &error)); told(&error, "that many");
    odd.invoices = (const uint8_t *)"\xff\x00{";
    odd.invoices_length = 3;
    HOLDS(!jalon_unpaid(follow_ups, &odd, &error)); told(&error, "UTF-8");
    odd = of;
    odd.done = bytes;
    odd.done_length = (size_t)-1;
    HOLDS(!jalon_unpaid(follow_ups, &odd, &error)); told(&error, "that many");
    HOLDS(!jalon_unpaid(follow_ups, &odd, NULL));
    char *list_of = jalon_unpaid(follow_ups, &of, &error);
    HOLDS(list_of && strstr(list_of, "\"answer\":[]"));
    jalon_text_free(list_of);
    jalon_schedules_free(follow_ups);
    HOLDS(!jalon_leaks(NULL, bytes, 1, NULL, 0, &options, &error)); told(&error, "schedules is NULL");
    HOLDS(!jalon_leaks(schedules, NULL, 1, NULL, 0, &options, &error)); told(&error, "events is NULL");
    HOLDS(!jalon_leaks(schedules, bytes, 1, NULL, 0, NULL, &error)); told(&error, "options is NULL");
    HOLDS(!jalon_leaks(schedules, bytes, 1, bytes, (size_t)-1, &options, &error)); told(&error, "that many");
    HOLDS(!jalon_leaks(schedules, bytes, 1, (const uint8_t *)"\xff", 1, &options, &error));
    told(&error, "issued lines, line 1");
    list_of = jalon_leaks(schedules, bytes, strlen(events), NULL, 0, &options, &error);
    HOLDS(list_of && strstr(list_of, "\"withheld\":[]"));
    jalon_text_free(list_of);

    HOLDS(!jalon_explain(NULL, bytes, 1, NULL, &options, &error)); told(&error, "schedules is NULL");
    HOLDS(!jalon_explain(schedules, NULL, 1, NULL, &options, &error)); told(&error, "events is NULL");
    HOLDS(!jalon_explain(schedules, bytes, (size_t)-1, NULL, &options, &error)); told(&error, "that many");
    HOLDS(!jalon_explain(schedules, bytes, 1, NULL, NULL, &error)); told(&error, "options is NULL");
    HOLDS(!jalon_explain(schedules, bytes, strlen(events), "\xff", &options, &error)); told(&error, "not UTF-8");
    HOLDS(!jalon_explain(schedules, bytes, strlen(events), "B", &options, &error)); told(&error, "no event is of case B");
    HOLDS(!jalon_explain(schedules, bytes, strlen(events), "B", &options, NULL));
    list_of = jalon_explain(schedules, bytes, strlen(events), "A", &options, &error);
    HOLDS(list_of && strstr(list_of, "\"case\":\"A\"") && strstr(list_of, "events:1:"));
    jalon_text_free(list_of);
    list_of = jalon_explain(schedules, (const uint8_t *)"\xff\x00{", 3, NULL, &options, &error);
    HOLDS(list_of && strstr(list_of, "\"cases\":[]"));
    jalon_text_free(list_of);

    jalon_answer *answer = jalon_evaluate(schedules, NULL, 0, &options, &error);
    size_t length = 9;
    HOLDS(answer && !*jalon_answer_lines(answer, &length) && length == 0);
    jalon_answer_free(answer);
    answer = jalon_evaluate(schedules, (const uint8_t *)"\xff\x00{", 3, &options, &error);
    HOLDS(answer && jalon_answer_billed(answer) == 0 && *jalon_answer_withheld(answer, NULL));
    jalon_answer_free(answer);
    answer = jalon_evaluate(schedules, bytes, strlen(events), &options, &error);
    HOLDS(answer && jalon_answer_billed(answer) == 1 && jalon_answer_held(answer) == 0);
    HOLDS(strstr(jalon_answer_lines(answer, &length), "\"amount\":\"1.00\"") && length > 100);
    jalon_answer_free(answer);
    HOLDS(!jalon_answer_lines(NULL, &length) && length == 0 && !jalon_answer_lines(NULL, NULL));
    HOLDS(!jalon_answer_invoices(NULL, NULL) && !jalon_answer_withheld(NULL, NULL));
    HOLDS(!jalon_answer_notices(NULL, NULL));
    HOLDS(jalon_answer_billed(NULL) == 0 && jalon_answer_held(NULL) == 0);
    jalon_answer_free(NULL);
    jalon_schedules_free(NULL);
    jalon_session_free(NULL);
    jalon_text_free(NULL);

    HOLDS(!jalon_session_new(NULL, &options, &error)); told(&error, "schedules is NULL");
    HOLDS(!jalon_session_new(schedules, NULL, &error)); told(&error, "options is NULL");
    HOLDS(!jalon_session_feed(NULL, bytes, 1, &error)); told(&error, "session is NULL");
    HOLDS(!jalon_session_take(NULL, &error)); told(&error, "session is NULL");
    HOLDS(!jalon_session_finish(NULL, &error)); told(&error, "session is NULL");
    shared = jalon_session_new(schedules, &options, &error);
    HOLDS(shared);
    HOLDS(!jalon_session_feed(shared, NULL, 1, &error)); told(&error, "events is NULL");
    /* Schedules that are given back live as long as their sessions. */
    jalon_schedules_free(schedules);
    pthread_t threads[4];
    for (int thread = 0; thread < 4; thread++)
        HOLDS(!pthread_create(&threads[thread], NULL, feed, (void *)events));
    for (int thread = 0; thread < 4; thread++) pthread_join(threads[thread], NULL);
    HOLDS(fed >= 1);
    answer = jalon_session_take(shared, &error);
    HOLDS(answer && jalon_answer_billed(answer) == 0);
    jalon_answer_free(answer);
    answer = jalon_session_finish(shared, &error);
    HOLDS(answer && jalon_answer_billed(answer) == 1);
    jalon_answer_free(answer);
    HOLDS(!jalon_session_feed(shared, (const uint8_t *)"no event\n", 9, &error));
    told(&error, "nothing that the session gave is to be used");
    HOLDS(!jalon_session_finish(shared, &error)); told(&error, "batch");
    jalon_session_free(shared);
    puts("hostile calls from C: errors, no crash");
    return 0;
}
