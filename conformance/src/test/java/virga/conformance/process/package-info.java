/** Virga as a process of its own, on disk, as its user starts it: killed, on a full disk, beside another one. */
package virga.conformance.process;
