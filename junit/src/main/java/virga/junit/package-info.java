/**
 * The cloud inside a JUnit test: one cloud a test JVM, an environment a test, the AWS SDK's clients without a socket, time that can be
 * moved, and assertions that only a cloud which keeps a record of everything can make. Begin at {@link virga.junit.VirgaTest}.
 */
package virga.junit;
