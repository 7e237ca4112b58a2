package virga.junit;

import java.lang.reflect.AnnotatedElement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What a test's environment is to be, read from annotations. Tests with the same one share what is deployed for it.
 *
 * @param enforce whether policies are enforced
 * @param templates in the order in which they are deployed
 */
record Blueprint(boolean enforce, List<Template> templates) {
    /** A template that is to be deployed. */
    record Template(Path path, String stack, Map<String, String> parameters) {}

    Blueprint {
        templates = List.copyOf(templates);
    }

    /** @param annotated classes from the outermost on, then the method */
    static Blueprint of(List<? extends AnnotatedElement> annotated) {
        boolean enforce = annotated.stream().anyMatch(element -> AnnotationSupport.isAnnotated(element, Enforce.class));
        List<Template> templates = new ArrayList<>();
        TreeSet<String> stacks = new TreeSet<>();
        for (AnnotatedElement element : annotated) {
            for (Deploy deploy : AnnotationSupport.findRepeatableAnnotations(element, Deploy.class)) {
                if (!stacks.add(deploy.stack())) {
                    throw new ExtensionConfigurationException("Two @Deploy name the stack " + deploy.stack()
                            + "; give one another name: @Deploy(value = \"" + deploy.value() + "\", stack = \"...\")");
                }
                templates.add(new Template(
                        Path.of(deploy.value()).toAbsolutePath().normalize(), deploy.stack(), parameters(deploy)));
            }
        }
        return new Blueprint(enforce, templates);
    }

    private static Map<String, String> parameters(Deploy deploy) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : deploy.parameters()) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw new ExtensionConfigurationException(
                        "A parameter of @Deploy is Name=value, not \"" + parameter + "\"");
            }
            parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        return parameters;
    }
}
