package virga.modelgen;

import virga.modelgen.ShapeFile.MemberFile;

/** The class of a structure or union. */
record StructureClass(Members members, ShapeFile shape, String name) {
    String write() {
        members.checkAccessors(shape);
        JavaTypes types = members.types();
        StringBuilder body = new StringBuilder("""
                /** {@code %s} of %s. */
                public final class %s extends %s {
                    public static final %s SCHEMA = %s;

                    private %s(Object[] values) {
                        super(values);
                    }

                    static %s make(Object[] values) {
                        return new %s(values);
                    }

                    @Override
                    public %s schema() {
                        return SCHEMA;
                    }
                """.formatted(
                        shape.name(),
                        members.service().key(),
                        name,
                        types.runtime("Structure"),
                        types.runtime("Schema"),
                        members.schema(shape),
                        name,
                        types.runtime("Structure"),
                        name,
                        types.runtime("Schema")));
        shape.members().forEach(member -> body.append(members.accessor(shape, member)));
        if (shape.isUnion()) {
            shape.members().forEach(member -> body.append(creator(member)));
        }
        return types.file(body.append(builder()).append("}\n").toString());
    }

    /** A union has one member: a method that makes it of that one. */
    private String creator(MemberFile member) {
        String accessor = Names.accessor(member.name(), false);
        String of = "of" + Character.toUpperCase(accessor.charAt(0)) + accessor.substring(1);
        return """

                    public static %s %s(%s value) {
                        return builder().%s(value).build();
                    }
                """.formatted(name, of, members.types().of(member), accessor);
    }

    private String builder() {
        StringBuilder text = new StringBuilder(
                """

                    public static Builder builder() {
                        return new Builder(new Object[%d]);
                    }

                    public Builder toBuilder() {
                        return new Builder(copyOfValues());
                    }

                    public static final class Builder extends %s {
                        private Builder(Object[] values) {
                            super(values);
                        }
                """.formatted(shape.members().size(), members.types().runtime("StructureBuilder")));
        shape.members().forEach(member -> text.append(members.setter(shape, member)));
        return text.append("""

                        public %s build() {
                            return new %s(values());
                        }
                    }
                """.formatted(name, name)).toString();
    }
}
