/** The reviewer: it says what is wrong with a system, from evidence: recorded events delivered again, records, templates. */
package virga.reviewer;
