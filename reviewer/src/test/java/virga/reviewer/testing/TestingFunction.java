package virga.reviewer.testing;

import virga.observe.json.Json;

/** A handler written in Java. */
@FunctionalInterface
public interface TestingFunction {
    /** @return the answer, JSON. An exception is a function error. */
    String handle(TestingCalls calls, Json.Structure event);
}
