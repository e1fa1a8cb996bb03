/* What every host must answer, through the border to C: prints all answers as README.md of the folder says, whose
   hash is that of all hosts. In: the folder. */
#include "../jalon.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *folder;

static char *read_file(const char *name, const char *file, size_t *length) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s/%s", folder, name, file);
    FILE *in = fopen(path, "rb");
    if (!in) { fprintf(stderr, "%s: not there\n", path); exit(2); }
    size_t size = 0, room = 1 << 16;
    char *text = malloc(room);
    for (size_t read; (read = fread(text + size, 1, room - size, in)) > 0;) {
        size += read;
        if (size == room) text = realloc(text, room *= 2);
    }
    fclose(in);
    *length = size;
    return text;
}

static void print(const char *name, const char *file, const char *text, size_t length) {
    printf("%s/%s\n", name, file);
    fwrite(text, 1, length, stdout);
}

/* The objects of the array after `"findings":`, one a line; no library for JSON is needed for that. */
static void print_findings(const char *name, const char *error) {
    const char *at = strstr(error, "\"findings\":[");
    if (!at) { fprintf(stderr, "%s: %s\n", name, error); exit(2); }
    printf("%s/findings.ndjson\n", name);
    int depth = 0, in_text = 0;
    for (at += strlen("\"findings\":["); *at; at++) {
        if (in_text) {
            if (*at == '\\') putchar(*at++);
            else if (*at == '"') in_text = 0;
        } else if (*at == '"') in_text = 1;
        else if (*at == '{' || *at == '[') depth++;
        else if (*at == '}' || *at == ']') depth--;
        if (depth < 0) return;
        if (depth == 0 && *at == ',' && !in_text) continue;
        putchar(*at);
        if (depth == 0 && *at == '}' && !in_text) putchar('\n');
    }
}

static void refuse(const char *name, char *error) {
    fprintf(stderr, "%s: %s\n", name, error ? error : "no error");
    exit(2);
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    folder = arguments[1];
    size_t length;
    char *calls = read_file(".", "calls", &length);
    calls = realloc(calls, length + 1);
    calls[length] = 0;
    char *rest = calls, *line;
    while ((line = strsep(&rest, "\n")) && *line) {
        char *what = strsep(&line, " "), *name = strsep(&line, " ");
        char *lang = strsep(&line, " "), *as_of = strsep(&line, " ");
        /* The files that stand before the schedules: invoices and their events, or issued lines. */
        int follows = !strcmp(what, "follow") || !strcmp(what, "unpaid") || !strcmp(what, "journal");
        int leaks = !strcmp(what, "leaks");
        char *beside[2] = {NULL, NULL};
        size_t lengths[2] = {0, 0};
        for (int at = 0; at < (follows ? 2 : leaks); at++)
            beside[at] = read_file(name, strsep(&line, " "), &lengths[at]);
        jalon_file files[8];
        size_t files_count = 0;
        for (char *file; (file = strsep(&line, " ")); files_count++) {
            files[files_count].name = file;
            files[files_count].text = (uint8_t *)read_file(name, file, &files[files_count].length);
        }
        char *error = NULL;
        jalon_schedules *schedules = jalon_compile(files, files_count, lang, &error);
        if (!strcmp(what, "check")) {
            if (schedules || !error) refuse(name, error);
            print_findings(name, error);
        } else if (!schedules) {
            refuse(name, error);
        } else if (!strcmp(what, "verify")) {
            char *proof = jalon_verify(schedules, &error);
            if (!proof) refuse(name, error);
            printf("%s/proof.ndjson\n%s\n", name, proof);
            jalon_text_free(proof);
        } else if (follows || leaks) {
            jalon_invoices of = {(uint8_t *)beside[0], lengths[0], (uint8_t *)beside[1], lengths[1], NULL, 0, as_of};
            jalon_options options = {as_of, false, false, false, 1};
            char *told;
            if (leaks) {
                char *events = read_file(name, "events.ndjson", &length);
                told = jalon_leaks(schedules, (uint8_t *)events, length, of.invoices, of.invoices_length, &options, &error);
                free(events);
            } else if (!strcmp(what, "follow")) told = jalon_follow(schedules, &of, NULL, &error);
            else if (!strcmp(what, "unpaid")) told = jalon_unpaid(schedules, &of, &error);
            else told = jalon_journal(schedules, &of, &error);
            if (!told) refuse(name, error);
            printf("%s/%s.ndjson\n%s\n", name, what, told);
            jalon_text_free(told);
        } else if (!strcmp(what, "explain")) {
            jalon_options options = {as_of, false, false, false, 1};
            char *events = read_file(name, "events.ndjson", &length);
            char *told = jalon_explain(schedules, (uint8_t *)events, length, NULL, &options, &error);
            if (!told) refuse(name, error);
            printf("%s/explain.ndjson\n%s\n", name, told);
            jalon_text_free(told);
            free(events);
        } else {
            jalon_options options = {as_of, true, true, false, 2};
            char *events = read_file(name, "events.ndjson", &length);
            jalon_answer *answer =
                jalon_evaluate(schedules, (uint8_t *)events, length, &options, &error);
            if (!answer) refuse(name, error);
            const char *text;
            text = jalon_answer_lines(answer, &length);
            print(name, "lines.ndjson", text, length);
            text = jalon_answer_invoices(answer, &length);
            print(name, "invoices.ndjson", text, length);
            text = jalon_answer_withheld(answer, &length);
            print(name, "withheld.ndjson", text, length);
            text = jalon_answer_notices(answer, &length);
            print(name, "notices.ndjson", text, length);
            jalon_answer_free(answer);
            free(events);
        }
        jalon_schedules_free(schedules);
        jalon_text_free(error);
        for (size_t file = 0; file < files_count; file++) free((void *)files[file].text);
        free(beside[0]);
        free(beside[1]);
    }
    free(calls);
    return 0;
}
