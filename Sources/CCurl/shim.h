#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <stdio.h>

// What a server says stays nowhere: it may name whom it is about.
static inline FILE *tounesna_nowhere(void) { return fopen("/dev/null", "w"); }

// Swift calls no function with a variable number of arguments: one for each kind of value.
static inline CURLcode tounesna_set_text(CURL *curl, CURLoption option, const char *value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode tounesna_set_number(CURL *curl, CURLoption option, long value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode tounesna_set_pointer(CURL *curl, CURLoption option, void *value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode tounesna_get_number(CURL *curl, CURLINFO info, long *value) {
  return curl_easy_getinfo(curl, info, value);
}
