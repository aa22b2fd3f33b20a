#include "ui/theme/Theme.h"

#include <QApplication>
#include <QFontInfo>
#include <QLabel>
#include <QRegularExpression>
#include <QTest>

using namespace corscope;

class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textIsReadable_data();
    void textIsReadable();
    void linesOfControlsAreVisible_data() { textIsReadable_data(); }
    void linesOfControlsAreVisible();
    void contrastIsWcags();
    void styleSheetHasNoNameLeft();
    void widgetsFindTheThemeThatIsPutOn();
    void fixedFontIsFixed();
};

Q_DECLARE_METATYPE(Theme::Kind)

void TestTheme::textIsReadable_data()
{
    QTest::addColumn<Theme::Kind>("kind");
    QTest::newRow("light") << Theme::Kind::Light;
    QTest::newRow("dark") << Theme::Kind::Dark;
    QTest::newRow("high contrast") << Theme::Kind::HighContrast;
}

void TestTheme::textIsReadable()
{
    QFETCH(Theme::Kind, kind);
    const auto pairs = Theme::named(kind).textPairs();
    QVERIFY(pairs.size() > 40);
    QStringList unreadable;
    for (const auto& pair : pairs)
        if (Theme::contrast(pair.text, pair.background) < (kind == Theme::Kind::HighContrast ? 7 : 4.5))
            unreadable.append(pair.name + QStringLiteral(" %1 on %2: %3").arg(pair.text.name(), pair.background.name())
                                  .arg(Theme::contrast(pair.text, pair.background)));
    QVERIFY2(unreadable.isEmpty(), qPrintable(unreadable.join(QLatin1Char('\n'))));
}

void TestTheme::linesOfControlsAreVisible()
{
    QFETCH(Theme::Kind, kind);
    const auto theme = Theme::named(kind);
    QVERIFY(Theme::contrast(theme.fieldBorder, theme.field) >= 3);
    QVERIFY(Theme::contrast(theme.fieldBorder, theme.panel) >= 3);
    QVERIFY(Theme::contrast(theme.focus, theme.panel) >= 3);
    QVERIFY(Theme::contrast(theme.block.line, theme.block.fill) >= 3);
    QVERIFY(Theme::contrast(theme.allow.line, theme.panel) >= 3);
}

void TestTheme::contrastIsWcags()
{
    QCOMPARE(qRound(Theme::contrast(Qt::black, Qt::white) * 100), 2100);
    QCOMPARE(qRound(Theme::contrast(Qt::white, Qt::white) * 100), 100);
    QCOMPARE(qRound(Theme::contrast(QColor(0x76, 0x76, 0x76), Qt::white) * 100), 454); // the well-known limit for AA
}

void TestTheme::styleSheetHasNoNameLeft()
{
    for (const auto kind : {Theme::Kind::Light, Theme::Kind::Dark, Theme::Kind::HighContrast})
        QVERIFY(!Theme::named(kind).styleSheet(Theme::textFont()).contains(QLatin1Char('@')));
}

void TestTheme::widgetsFindTheThemeThatIsPutOn()
{
    for (const auto kind : {Theme::Kind::Dark, Theme::Kind::HighContrast, Theme::Kind::Light}) {
        Theme::named(kind).apply(*qApp);
        QLabel label(QStringLiteral("x"));
        label.setProperty("role", QStringLiteral("badge"));
        label.ensurePolished();
        QVERIFY(Theme::of(label).kind == kind);
    }
}

void TestTheme::fixedFontIsFixed()
{
    const QFontMetricsF metrics(Theme::fixedFont());
    QCOMPARE(metrics.horizontalAdvance(QLatin1Char('i')), metrics.horizontalAdvance(QLatin1Char('W')));
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
