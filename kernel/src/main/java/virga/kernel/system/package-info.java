/** The ports as the real world has them: the only place that reads the wall clock, makes entropy or starts platform threads. */
package virga.kernel.system;
