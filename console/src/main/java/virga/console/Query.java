package virga.console;

import java.util.Map;

/** The parameters of a request, checked as they are read. */
record Query(Map<String, String> values) {
    Query {
        values = Map.copyOf(values);
    }

    /** A parameter is missing or is not what it should be. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    String environment() {
        return text("environment", "default");
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** @throws Refused where it is not given */
    String required(String name) {
        String value = text(name, "");
        if (value.isEmpty()) {
            throw new Refused("The parameter " + name + " is missing");
        }
        return value;
    }

    /** @throws Refused where it is neither {@code true} nor {@code false} */
    boolean flag(String name) {
        String value = text(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new Refused("The parameter " + name + " must be true or false");
        }
        return value.equals("true");
    }

    /** @throws Refused where it is no whole number from 0 to {@code most} */
    int number(String name, int otherwise, int most) {
        String value = text(name, Integer.toString(otherwise));
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) > most) {
            throw new Refused("The parameter " + name + " must be a whole number from 0 to " + most);
        }
        return Integer.parseInt(value);
    }
}
