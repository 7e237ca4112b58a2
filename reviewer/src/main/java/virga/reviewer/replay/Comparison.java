package virga.reviewer.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import virga.observe.json.Json;

/** Compares effects with those of an undisturbed run, modulo what varies from one undisturbed run to the next. */
final class Comparison {
    private final Map<String, List<Effect>> expected;
    private final Mask mask;
    private final Mask unlearned;
    private final List<String> unstable = new ArrayList<>();

    /** @param now environment time of the runs */
    Comparison(List<Effect> one, List<Effect> other, Instant now) {
        this.expected = grouped(one);
        this.mask = new Mask(now);
        this.unlearned = new Mask(now);
        Map<String, List<Effect>> second = grouped(other);
        TreeSet<String> groups = new TreeSet<>(expected.keySet());
        groups.addAll(second.keySet());
        for (String group : groups) {
            List<Effect> here = expected.getOrDefault(group, List.of());
            List<Effect> there = new ArrayList<>(second.getOrDefault(group, List.of()));
            if (here.size() != there.size()) {
                unstable.add(group + ": " + here.size() + " and " + there.size());
                continue;
            }
            List<Effect> left = new ArrayList<>();
            for (Effect effect : here) {
                boolean same = there.removeIf(new Once(effect.content())::matches);
                if (!same) {
                    left.add(effect);
                }
            }
            for (int i = 0; i < left.size(); i++) {
                mask.learn(group, left.get(i).content(), there.get(i).content());
            }
        }
    }

    /** Why nothing can be concluded: the undisturbed runs already differ too much. Empty where they do not. */
    List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        unstable.forEach(group -> doubts.add("two undisturbed runs had a different number of effects: " + group));
        mask.amounts().forEach(path -> doubts.add("two undisturbed runs had different amounts: " + path));
        return doubts;
    }

    /** An answer without what varies. */
    Json masked(Json answer) {
        return mask.apply("the answer", answer);
    }

    void learnAnswers(Json one, Json other) {
        mask.learn("the answer", one, other);
    }

    /** The differences of a perturbed run, the smallest sets that explain them. */
    List<Difference> differences(List<Effect> perturbed) {
        Map<String, List<Effect>> found = grouped(perturbed);
        TreeSet<String> groups = new TreeSet<>(expected.keySet());
        groups.addAll(found.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String group : groups) {
            List<Effect> here = found.getOrDefault(group, List.of());
            differences.addAll(differences(group, expected.getOrDefault(group, List.of()), here));
        }
        return differences;
    }

    private List<Difference> differences(String group, List<Effect> wanted, List<Effect> found) {
        Map<String, Long> before = shapes(group, wanted);
        Map<String, Long> after = shapes(group, found);
        List<String> added = exceeding(after, before);
        List<String> missing = exceeding(before, after);
        List<Difference> differences = new ArrayList<>();
        boolean stands = !found.isEmpty() && found.getFirst().stands();
        boolean changed = stands && !added.isEmpty() && !missing.isEmpty() && found.size() == wanted.size();
        for (String shape : added) {
            differences.add(new Difference(
                    group,
                    before.getOrDefault(shape, 0L),
                    after.get(shape),
                    shape,
                    changed ? Difference.Change.OTHER : Difference.Change.ADDED,
                    consumers(found),
                    makers(found)));
        }
        if (!changed) {
            for (String shape : missing) {
                differences.add(new Difference(
                        group,
                        before.get(shape),
                        after.getOrDefault(shape, 0L),
                        shape,
                        Difference.Change.MISSING,
                        "",
                        makers(wanted)));
            }
        }
        return differences;
    }

    private static SortedSet<String> makers(List<Effect> effects) {
        return effects.stream()
                .flatMap(effect -> effect.makers().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Whether what {@code function} sent more often than undisturbed are copies, such as AWS itself may make of any message, so that a
     * receiver can recognise them. Times in them may differ.
     */
    boolean sendsCopies(List<Effect> perturbed, String function) {
        Map<String, List<Effect>> found = grouped(perturbed);
        return found.entrySet().stream()
                .allMatch(group -> differentSent(group.getValue(), function)
                        <= differentSent(expected.getOrDefault(group.getKey(), List.of()), function));
    }

    private long differentSent(List<Effect> effects, String function) {
        return effects.stream()
                .filter(effect -> !effect.stands() && effect.makers().contains(function))
                .map(effect -> unlearned.apply("", effect.content()).text())
                .distinct()
                .count();
    }

    private static String consumers(List<Effect> found) {
        if (found.stream()
                .anyMatch(effect -> effect.stands() || effect.consumer().isEmpty())) {
            return "";
        }
        return found.stream().map(Effect::consumer).distinct().sorted().collect(Collectors.joining(", "));
    }

    private Map<String, Long> shapes(String group, List<Effect> effects) {
        Map<String, Long> shapes = new TreeMap<>();
        for (Effect effect : effects) {
            shapes.merge(mask.apply(group, effect.content()).text(), 1L, Long::sum);
        }
        return shapes;
    }

    private static List<String> exceeding(Map<String, Long> some, Map<String, Long> others) {
        return some.entrySet().stream()
                .filter(shape -> shape.getValue() > others.getOrDefault(shape.getKey(), 0L))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, List<Effect>> grouped(List<Effect> effects) {
        Map<String, List<Effect>> groups = new LinkedHashMap<>();
        effects.forEach(effect -> groups.computeIfAbsent(effect.group(), unused -> new ArrayList<>())
                .add(effect));
        return groups;
    }

    /** Matches the first effect of one content, and no other. */
    private static final class Once {
        private final Json content;
        private boolean met;

        Once(Json content) {
            this.content = content;
        }

        boolean matches(Effect effect) {
            boolean first = !met && effect.content().equals(content);
            met |= first;
            return first;
        }
    }
}
