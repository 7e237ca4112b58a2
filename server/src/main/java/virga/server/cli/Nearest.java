package virga.server.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a person may have meant who typed a name that is not there. */
final class Nearest {
    private static final int MOST_LISTED = 8;

    private Nearest() {}

    /**
     * A sentence's end: what may have been meant, else what there is.
     *
     * @param things as in {@code functions}
     */
    static String words(String typed, Collection<String> names, String things) {
        if (names.isEmpty()) {
            return "; there are no " + things;
        }
        List<String> near = near(typed, names);
        if (!near.isEmpty()) {
            return "; did you mean " + String.join(" or ", near) + "?";
        }
        List<String> sorted = names.stream().sorted().toList();
        String listed = String.join(", ", sorted.subList(0, Math.min(MOST_LISTED, sorted.size())));
        int more = sorted.size() - MOST_LISTED;
        return "; there are: " + listed + (more > 0 ? " and " + more + " more" : "");
    }

    /** At most three, the nearest first: names that hold what was typed, and names that are a few letters away. */
    static List<String> near(String typed, Collection<String> names) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        int most = Math.max(1, wanted.length() / 3);
        return names.stream()
                .filter(name -> distance(wanted, name) <= most)
                .sorted(Comparator.comparingInt((String name) -> distance(wanted, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(3)
                .toList();
    }

    /** Whether a stack's resource is {@code logicalId} in its template: {@code STACK-ID-SUFFIX} is how CloudFormation names. */
    static boolean isNamedAfter(String name, String logicalId) {
        return name.matches(".+-" + java.util.regex.Pattern.quote(logicalId) + "-[0-9A-Za-z]+");
    }

    private static int distance(String wanted, String name) {
        String candidate = name.toLowerCase(Locale.ROOT);
        return candidate.contains(wanted) ? 0 : parts(candidate, wanted);
    }

    /** The whole name, or the part of it that is nearest: a stack's resources are called after stack and template. */
    private static int parts(String candidate, String wanted) {
        int least = edits(wanted, candidate);
        for (String part : candidate.split("[-/._]")) {
            least = Math.min(least, edits(wanted, part));
        }
        return least;
    }

    /** How many letters must be put in, taken out or changed, or change places with the next (optimal string alignment). */
    private static int edits(String one, String other) {
        int[][] edits = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int changed = edits[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(changed, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[one.length()][other.length()];
    }
}
