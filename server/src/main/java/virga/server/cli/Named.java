package virga.server.cli;

import java.util.List;
import virga.kernel.Fault;

/** Names that people type: as AWS has them, or as a template calls the resource where only one is called so. */
final class Named {
    private Named() {}

    /**
     * The name that was meant by one that is not there.
     *
     * @param prefix of all {@code names}, which nobody types
     * @param things as in {@code functions}
     * @throws Fault {@code missing} with what may have been meant
     */
    static String meant(
            Terminal terminal, String typed, List<String> names, String prefix, String things, Fault missing) {
        List<String> shown = names.stream()
                .map(name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name)
                .toList();
        List<String> called =
                shown.stream().filter(name -> Nearest.isNamedAfter(name, typed)).toList();
        if (called.size() == 1) {
            terminal.note(terminal.faint(typed + " is " + called.getFirst()));
            return called.getFirst();
        }
        throw new Fault(missing.code(), missing.status(), missing.getMessage() + Nearest.words(typed, names, things));
    }
}
