package virga.reviewer.rules;

/**
 * What a finding is about.
 *
 * @param name what people call it: a logical id, a function's name, a role's ARN
 * @param declared the logical id that the template's author wrote; empty where no template is known to declare it
 * @param location file and line of the declaration, {@code template.yaml:12}; empty where it is not known
 */
public record Subject(String name, String declared, String location) {
    /** Something that no template was found for. */
    static Subject named(String name) {
        return new Subject(name, "", "");
    }
}
