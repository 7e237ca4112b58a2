/** The house rules as tests. Each rule has a case that it lets through and one that it catches. */
package virga.tidy;
