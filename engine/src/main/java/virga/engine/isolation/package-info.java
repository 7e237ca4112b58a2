/**
 * Keeping workers apart from each other and from the machine, as far as the machine's kernel and the user's rights allow; what is in
 * force is said in words. Everything that asks the operating system directly is here.
 */
package virga.engine.isolation;
