package virga.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Something that must not stand in a source file.
 *
 * @param name as exceptions name it
 * @param applies which paths are looked at, relative to the project
 * @param banned what must not be found; a comment may speak of it
 */
record SourceRule(String name, Predicate<String> applies, Pattern banned, String reason) {
    private static final Pattern COMMENT_LINE = Pattern.compile("^\\s*(//|\\*|/\\*).*");
    private static final Pattern TEXT = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"");

    /** The breaches in {@code content}, each with its line. */
    List<String> breaches(String path, String content) {
        List<String> breaches = new ArrayList<>();
        if (!applies.test(path)) {
            return breaches;
        }
        String[] lines = content.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            if (!COMMENT_LINE.matcher(line).matches()) {
                String code = TEXT.matcher(line).replaceAll("\"\"").replaceAll("//.*", "");
                if (banned.matcher(code).find()) {
                    breaches.add(path + ":" + (i + 1) + ": " + reason + ": " + line.strip());
                }
            }
        }
        return breaches;
    }
}
