package virga.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The forms of lists, sets, maps and optionals: a count, then the elements in their order. What is read cannot be changed. */
final class ContainerForms {
    private ContainerForms() {}

    /** The form of {@code container} with these element forms, or {@code null} where it is no container that can be kept. */
    static ValueForm of(Class<?> container, List<ValueForm> elements) {
        if (container == List.class || container == Collection.class || container == SequencedCollection.class) {
            return new Elements(elements.get(0), List::copyOf);
        } else if (container == Set.class || container == SequencedSet.class) {
            return new Elements(elements.get(0), all -> Collections.unmodifiableSequencedSet(new LinkedHashSet<>(all)));
        } else if (container == SortedSet.class) {
            return new Elements(elements.get(0), all -> Collections.unmodifiableSortedSet(new TreeSet<>(all)));
        } else if (container == Map.class || container == SequencedMap.class) {
            return new Pairs(elements.get(0), elements.get(1), Collections::unmodifiableSequencedMap);
        } else if (container == SortedMap.class) {
            return new Pairs(
                    elements.get(0), elements.get(1), all -> Collections.unmodifiableSortedMap(new TreeMap<>(all)));
        } else if (container == Optional.class) {
            return new Maybe(elements.get(0));
        }
        return null;
    }

    private record Elements(ValueForm element, Function<List<Object>, Collection<Object>> finish) implements ValueForm {
        @Override
        public String signature() {
            return "[" + element.signature();
        }

        @Override
        public void write(ValueWriter out, Object value) {
            Collection<?> all = (Collection<?>) value;
            int start = out.begin();
            out.unsigned(all.size());
            for (Object one : all) {
                element.write(out, one);
            }
            out.end(start);
        }

        @Override
        public Object read(ValueReader in) {
            in.size();
            int count = in.size();
            List<Object> all = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                all.add(element.read(in));
            }
            return finish.apply(all);
        }

        @Override
        public Object absent() {
            return finish.apply(List.of());
        }
    }

    private record Pairs(
            ValueForm key, ValueForm value, Function<LinkedHashMap<Object, Object>, Map<Object, Object>> finish)
            implements ValueForm {
        @Override
        public String signature() {
            return "{" + key.signature() + value.signature();
        }

        @Override
        public void write(ValueWriter out, Object map) {
            Map<?, ?> all = (Map<?, ?>) map;
            int start = out.begin();
            out.unsigned(all.size());
            for (Map.Entry<?, ?> one : all.entrySet()) {
                key.write(out, one.getKey());
                value.write(out, one.getValue());
            }
            out.end(start);
        }

        @Override
        public Object read(ValueReader in) {
            in.size();
            int count = in.size();
            LinkedHashMap<Object, Object> all = LinkedHashMap.newLinkedHashMap(count);
            for (int i = 0; i < count; i++) {
                all.put(key.read(in), value.read(in));
            }
            return finish.apply(all);
        }

        @Override
        public Object absent() {
            return finish.apply(new LinkedHashMap<>());
        }
    }

    private record Maybe(ValueForm element) implements ValueForm {
        @Override
        public String signature() {
            return "?" + element.signature();
        }

        @Override
        public void write(ValueWriter out, Object value) {
            int start = out.begin();
            ((Optional<?>) value).ifPresent(one -> element.write(out, one));
            out.end(start);
        }

        @Override
        public Object read(ValueReader in) {
            return in.size() == 0 ? Optional.empty() : Optional.of(element.read(in));
        }

        @Override
        public Object absent() {
            return Optional.empty();
        }
    }
}
