package dev.towline.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.Towline;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.core.type.classreading.MetadataReaderFactory;

class ServiceClassesOnlyTests {

    private final MetadataReaderFactory classes =
            MetadataReaderFactory.create(getClass().getClassLoader());

    @Test
    void leavesOutWhatOnlyTestsHave() throws IOException {
        assertThat(leavesOut(ServiceClassesOnlyTests.class)).isTrue();
        assertThat(leavesOut(Towline.class)).isFalse();
    }

    private boolean leavesOut(Class<?> type) throws IOException {
        return new ServiceClassesOnly().match(classes.getMetadataReader(type.getName()), classes);
    }
}
