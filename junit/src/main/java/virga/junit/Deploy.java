package virga.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each test finds this CloudFormation or SAM template deployed. It is deployed once in the test JVM; every test then works in a fork of
 * that state, which takes milliseconds. Those of the class are deployed before those of the method, in the order in which they stand.
 */
@Documented
@Inherited
@Repeatable(Deploy.Several.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Deploy {
    /** The template's path; a relative one starts at the working directory, which Maven and Gradle set to the module's folder. */
    String value();

    /** The stack's name. */
    String stack() default "app";

    /** The template's parameters, each as {@code Name=value}. */
    String[] parameters() default {};

    /** Several templates. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Several {
        Deploy[] value();
    }
}
