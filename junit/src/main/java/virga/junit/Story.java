package virga.junit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import virga.kernel.CallRecord;

/**
 * What happened in a failed test's environment. It is suppressed in the test's own failure, so that every tool which shows the failure
 * shows it too. It has no stack trace, because it is not an accident of its own.
 */
public final class Story extends RuntimeException {
    private static final int MOST_FAILED = 3;
    private static final int MOST_DRAWN = 5;
    private static final int MOST_LISTED = 25;

    private static final long serialVersionUID = 1;

    private Story(String text) {
        super(text, null, false, false);
    }

    static Story of(String environment, List<Trace> traces, List<String> notices) {
        StringBuilder text = new StringBuilder("what happened in environment " + environment + ":\n");
        if (traces.isEmpty()) {
            text.append("nothing: no call reached it\n");
        }
        Set<Trace> drawn = drawn(traces);
        int hidden = Math.max(0, traces.size() - MOST_LISTED);
        if (hidden > 0) {
            text.append("(").append(hidden).append(" earlier requests are not shown)\n");
        }
        for (int i = 0; i < traces.size(); i++) {
            Trace trace = traces.get(i);
            if (drawn.contains(trace)) {
                text.append('\n').append(trace).append('\n');
            } else if (i >= hidden) {
                text.append(line(trace)).append('\n');
            }
        }
        notices.forEach(notice -> text.append("note: ").append(notice).append('\n'));
        return new Story(text.toString().stripTrailing());
    }

    /** The newest that failed, and the newest that reached a function. */
    private static Set<Trace> drawn(List<Trace> traces) {
        List<Trace> newestFirst = new ArrayList<>(traces).reversed();
        Set<Trace> drawn = new LinkedHashSet<>();
        newestFirst.stream().filter(Trace::failed).limit(MOST_FAILED).forEach(drawn::add);
        newestFirst.stream()
                .filter(trace -> trace.records().size() > 1)
                .limit(MOST_DRAWN - drawn.size())
                .forEach(drawn::add);
        return drawn;
    }

    private static String line(Trace trace) {
        CallRecord root = trace.records().getFirst();
        String target =
                root.resources().isEmpty() || root.resources().getFirst().equals("*")
                        ? ""
                        : "  " + root.resources().getFirst();
        int more = trace.records().size() - 1;
        return root.service() + " " + root.operation() + target + "  " + root.outcome()
                + (more > 0 ? "  and " + more + " that followed" : "");
    }
}
