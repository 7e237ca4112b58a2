package virga.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class an empty cloud of its own. Constructors, tests and the methods before and after them may ask for a
 * {@link VirgaEnvironment}, for any client of the AWS SDK v2 that is on the class path ({@code SqsClient}, {@code S3AsyncClient}, ...),
 * and for the {@link DeployedStack} of a {@link Deploy}.
 *
 * <p>All environments live in one cloud in this JVM; tests do not see each other and may run in parallel.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@ExtendWith(VirgaExtension.class)
public @interface VirgaTest {}
