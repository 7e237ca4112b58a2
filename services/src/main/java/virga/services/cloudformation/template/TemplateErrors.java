package virga.services.cloudformation.template;

import virga.kernel.Fault;

/** The errors of templates, all of them {@code ValidationError} with status 400, in AWS's words. */
public final class TemplateErrors {
    private TemplateErrors() {}

    public static Fault validation(String message) {
        return new Fault("ValidationError", 400, message);
    }

    static Fault format(String message) {
        return validation("Template format error: " + message);
    }

    static Fault template(String message) {
        return validation("Template error: " + message);
    }

    /** A reference in {@code block} ({@code Resources}, {@code Outputs}) to what is not there. */
    static Fault unresolved(String names, String block) {
        return format("Unresolved resource dependencies [" + names + "] in the " + block + " block of the template");
    }
}
