package virga.protocol.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.protocol.Parameters;

/** The parameters of a form as a tree: {@code Tags.member.1.Key=a} is a leaf four levels down. */
final class ParameterTree {
    private final Map<String, ParameterTree> children = new LinkedHashMap<>();
    private String value;

    static ParameterTree of(Parameters parameters) {
        ParameterTree root = new ParameterTree();
        parameters.forEach(root::put);
        return root;
    }

    private void put(String name, String text) {
        ParameterTree node = this;
        int start = 0;
        while (start <= name.length()) {
            int dot = name.indexOf('.', start);
            int end = dot < 0 ? name.length() : dot;
            node = node.children.computeIfAbsent(name.substring(start, end), unused -> new ParameterTree());
            start = end + 1;
        }
        node.value = text;
    }

    /** The subtree under {@code name}, or {@code null}. */
    ParameterTree child(String name) {
        return children.get(name);
    }

    /** The text here, or {@code null} where there is only more below. */
    String value() {
        return value;
    }

    boolean isEmpty() {
        return children.isEmpty();
    }

    /** The children numbered from 1, in the order of their numbers; gaps are closed as AWS does. */
    List<ParameterTree> numbered() {
        List<Map.Entry<Integer, ParameterTree>> found = new ArrayList<>();
        for (Map.Entry<String, ParameterTree> child : children.entrySet()) {
            int number = number(child.getKey());
            if (number >= 0) {
                found.add(Map.entry(number, child.getValue()));
            }
        }
        found.sort(Map.Entry.comparingByKey());
        return found.stream().map(Map.Entry::getValue).toList();
    }

    private static int number(String text) {
        if (text.isEmpty() || text.length() > 9) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }
}
