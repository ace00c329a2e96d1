/*
 * mail - one message to one mail server by SMTP, with its parts and encodings made by libcurl. Subjects
 * and names are UTF-8 and travel as RFC 2047 says; line breaks in what becomes a header are refused, so
 * that no field of a form can add a recipient. The queue, and trying again, are elsewhere.
 */
#ifndef NET_MAIL_H
#define NET_MAIL_H

#include "base/base.h"

enum smtp_security {
	SMTP_STARTTLS,  /* port 587: must be offered, else nothing is sent */
	SMTP_TLS,       /* port 465 */
	SMTP_PLAIN,     /* a relay on this machine; a password is never sent this way */
};

struct smtp {
	const char *host;
	int port;                /* 0: by security 587, 465, 25 */
	enum smtp_security security;
	const char *user, *password; /* NULL: the server asks for none */
	const char *login;       /* "AUTH=PLAIN" or another of libcurl's LOGIN_OPTIONS; NULL: the best both know */
	const char *hello;       /* our name in EHLO; NULL: localhost */
	int timeout_ms;          /* 0: 30,000 */
};

struct attachment {
	struct str name, type, bytes;
};

struct message {
	struct str from, from_name;          /* address; name may be empty */
	const struct str *to;                /* addresses; each sees all of them */
	size_t nto;                          /* 1 … 100 */
	struct str reply_to;                 /* may be empty */
	struct str subject, text, html;      /* html may be empty: then there is only text */
	const struct attachment *attachments;
	size_t nattachments;
	struct str id;                       /* unique, without <>: the same message sent twice bears the same */
	int64_t at;
};

/* local@domain of RFC 5321 in ASCII, at most 254 bytes, without quotes and comments. */
bool mail_address_valid(struct str address);
/* A subject or a name as it stands in a header: as it is, or in encoded words of at most 75 characters
 * each, never cut inside a character. */
struct str mail_encoded(struct arena *mem, struct str utf8);

/* ERR_INPUT: the message is wrong. ERR_DENIED: the server refuses it for good (5xx, or the login).
 * ERR_REMOTE: it may go another time. */
MUST_USE enum err mail_send(const struct smtp *smtp, const struct message *message, struct fault *fault);

#endif
