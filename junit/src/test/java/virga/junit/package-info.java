/** The extension, used as its users use it. */
package virga.junit;
