package virga.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import virga.cloud.TaskKind;
import virga.store.Codec;
import virga.store.RecordCodec;

/** A codec looks into its record when it is first used; that every record can be kept is known before. */
final class KeptRecordsTest {
    @Test
    void everyRecordThatAServiceKeepsCanBeKept() throws ReflectiveOperationException {
        List<RecordCodec<?>> codecs = new ArrayList<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("virga")) {
            for (JavaField field : type.getFields()) {
                if (field.getModifiers().contains(JavaModifier.STATIC)
                        && (field.getRawType().isAssignableTo(Codec.class)
                                || field.getRawType().isEquivalentTo(TaskKind.class))) {
                    Object value = value(field.reflect());
                    if ((value instanceof TaskKind<?> kind ? kind.codec() : value) instanceof RecordCodec<?> codec) {
                        codecs.add(codec);
                    }
                }
            }
        }
        assertThat(codecs).hasSizeGreaterThan(50);
        for (RecordCodec<?> codec : codecs) {
            look(codec);
        }
    }

    private record Unkeepable(Thread thread) {}

    @Test
    void oneThatCannotBeKeptIsFound() {
        assertThatThrownBy(() -> look(RecordCodec.of(Unkeepable.class)))
                .isInstanceOf(InvocationTargetException.class)
                .rootCause()
                .hasMessageContaining("Unkeepable.thread");
    }

    private static Object value(Field field) throws IllegalAccessException {
        field.setAccessible(true);
        return field.get(null);
    }

    private static void look(RecordCodec<?> codec) throws ReflectiveOperationException {
        Method form = RecordCodec.class.getDeclaredMethod("form");
        form.setAccessible(true);
        form.invoke(codec);
    }
}
