package virga.junit;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;
import software.amazon.awssdk.core.SdkClient;

/**
 * What {@link VirgaTest} does; can be registered as {@code @RegisterExtension static VirgaExtension virga = new VirgaExtension()} too. A
 * failure of a test carries its environment's {@link Story}.
 */
public final class VirgaExtension
        implements BeforeEachCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    private static final Namespace OURS = Namespace.create(VirgaExtension.class);

    /** Asked for by JUnit: constructors of tests get the environment of the test that they are for. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        environment(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == VirgaEnvironment.class
                || type == DeployedStack.class
                || type.getName().startsWith("software.amazon.awssdk.")
                || type.getName().startsWith("com.amazonaws.services.");
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type.getName().startsWith("com.amazonaws.services.")) {
            throw new ParameterResolutionException(
                    type.getName()
                            + " is a client of the AWS SDK for Java 1; Virga injects those of version 2, software.amazon.awssdk");
        }
        if (type == VirgaEnvironment.class) {
            return environment(context);
        }
        if (type == DeployedStack.class) {
            return onlyStack(environment(context));
        }
        if (!SdkClient.class.isAssignableFrom(type) || type == SdkClient.class) {
            throw new ParameterResolutionException("Virga injects clients of AWS services, VirgaEnvironment and"
                    + " DeployedStack, but not " + type.getName()
                    + "; build it in the test from a client that is injected, or with VirgaEnvironment.configure");
        }
        try {
            return environment(context).client(type.asSubclass(SdkClient.class));
        } catch (IllegalArgumentException notMade) {
            throw new ParameterResolutionException(String.valueOf(notMade.getMessage()), notMade);
        }
    }

    private static DeployedStack onlyStack(VirgaEnvironment environment) {
        if (environment.stackNames().size() != 1) {
            throw new ParameterResolutionException(
                    environment.stackNames().isEmpty()
                            ? "There is no DeployedStack: say @Deploy(\"template.yaml\") on the class or the test"
                            : "Which DeployedStack? There are " + environment.stackNames()
                                    + ": ask for a VirgaEnvironment and its stack(name)");
        }
        return environment.stack(environment.stackNames().first());
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw told(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw told(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw told(context, failure);
    }

    private static Throwable told(ExtensionContext context, Throwable failure) {
        boolean told = Stream.of(failure.getSuppressed()).anyMatch(Story.class::isInstance);
        if (!told && !(failure instanceof TestAbortedException)) {
            failure.addSuppressed(environment(context).story());
        }
        return failure;
    }

    private static VirgaEnvironment environment(ExtensionContext context) {
        Optional<ExtensionContext> shared = sharing(context);
        ExtensionContext owner = shared.orElse(context);
        if (shared.isEmpty() && context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("Each test of "
                    + context.getTestClass().map(Class::getSimpleName).orElse("this class")
                    + " has an environment of its own, so there is none outside of a test;"
                    + " say @SharedEnvironment for one that all of them share");
        }
        if (shared.isPresent()
                && context.getTestMethod()
                        .filter(method -> AnnotationSupport.isAnnotated(method, Deploy.class)
                                || AnnotationSupport.isAnnotated(method, Enforce.class))
                        .isPresent()) {
            throw new ExtensionConfigurationException(
                    "@Deploy and @Enforce stand on the class where tests share an environment");
        }
        TestCloud cloud = kept(context.getRoot(), "cloud", TestCloud.class, TestCloud::start);
        return kept(
                owner,
                "environment of " + owner.getUniqueId(),
                VirgaEnvironment.class,
                () -> cloud.environment(Blueprint.of(annotated(owner)), title(owner)));
    }

    /** The nearest class around that shares an environment. */
    private static Optional<ExtensionContext> sharing(ExtensionContext context) {
        Optional<ExtensionContext> current = Optional.of(context);
        while (current.isPresent()) {
            boolean shares = current.get().getTestMethod().isEmpty()
                    && current.get()
                            .getTestClass()
                            .filter(type -> AnnotationSupport.isAnnotated(type, SharedEnvironment.class))
                            .isPresent();
            if (shares) {
                return current;
            }
            current = current.get().getParent();
        }
        return Optional.empty();
    }

    private static List<AnnotatedElement> annotated(ExtensionContext owner) {
        List<AnnotatedElement> annotated = new ArrayList<>(owner.getEnclosingTestClasses());
        owner.getTestClass().ifPresent(annotated::add);
        owner.getTestMethod().ifPresent(annotated::add);
        return annotated;
    }

    private static String title(ExtensionContext owner) {
        return owner.getTestMethod()
                .map(method -> method.getName())
                .or(() -> owner.getTestClass().map(Class::getSimpleName))
                .orElse("test");
    }

    /** What {@code owner} keeps under a key, made where it is not there; it is closed with its owner. */
    @SuppressWarnings("deprecation") // its successor, computeIfAbsent, is not there in JUnit 5
    private static <V> V kept(ExtensionContext owner, String key, Class<V> type, java.util.function.Supplier<V> made) {
        Store store = owner.getStore(OURS);
        return store.getOrComputeIfAbsent(key, unused -> made.get(), type);
    }
}
