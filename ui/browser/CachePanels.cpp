#include "ui/browser/CachePanels.h"

#include "ui/browser/Memory.h"
#include "ui/browser/SmallButton.h"
#include "ui/browser/SmallTable.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/FormGrid.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace corscope {

namespace {

QLabel* mutedLabel(const QString& text = {})
{
    auto* label = new QLabel(text);
    label->setProperty("role", QStringLiteral("muted"));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QWidget* rowOf(std::initializer_list<QPushButton*> buttons)
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    for (auto* button : buttons)
        layout->addWidget(button);
    layout->addStretch(1);
    return row;
}

QString secondsCheck(const QString& text)
{
    bool ok = false;
    const auto seconds = text.toLongLong(&ok);
    return ok && seconds >= 0 && seconds <= 316224000 ? QString() : PreflightCachePanel::tr("This is a whole number of seconds.");
}

} // namespace

PreflightCachePanel::PreflightCachePanel(Memory& memory, QWidget* parent)
    : QWidget(parent), m_memory(memory),
      m_table(new SmallTable("preflightTable", tr("Preflight cache"), {tr("Allows"), tr("At"), tr("Seconds left")})),
      m_empty(mutedLabel(tr("No preflight is remembered."))), m_key(mutedLabel()), m_seconds(new Field(secondsCheck)),
      m_remove(smallButton("removePreflight", tr("Remove"))),
      m_clear(smallButton("clearPreflights", tr("Clear")))
{
    m_seconds->setName(QStringLiteral("preflightSeconds"), tr("Seconds that this entry still holds"));
    auto* form = new FormGrid(tr("Credentials"));
    form->addRow(tr("Seconds left"), m_seconds);
    m_edit = form;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(fontMetrics().height() / 4);
    column->addWidget(m_empty);
    column->addWidget(m_table);
    column->addWidget(rowOf({m_remove, m_clear}));
    column->addWidget(m_key);
    column->addWidget(m_edit);
    connect(m_remove, &QPushButton::clicked, this, [this] { remove(m_table->currentRow()); });
    connect(m_clear, &QPushButton::clicked, this,
            [this] { m_memory.change([](Browser& browser) { browser.preflightCache.clear(); }); });
    connect(m_table, &SmallTable::removeWanted, this, &PreflightCachePanel::remove);
    connect(m_table, &SmallTable::rowChosen, this, &PreflightCachePanel::refresh);
    connect(m_seconds, &Field::edited, this, [this](const QString& text) {
        const auto row = size_t(m_table->currentRow());
        if (row < m_shown.size())
            m_memory.change([&, entry = m_shown[row]](Browser& browser) {
                browser.preflightCache.setRemaining(entry, text.toLongLong(), browser.clock.now());
            });
    });
    connect(&memory, &Memory::changed, this, &PreflightCachePanel::refresh);
    refresh();
}

void PreflightCachePanel::remove(int row)
{
    if (row >= 0 && size_t(row) < m_shown.size())
        m_memory.change([entry = m_shown[size_t(row)]](Browser& browser) { browser.preflightCache.remove(entry); });
}

void PreflightCachePanel::refresh()
{
    m_shown = m_memory.browser().preflightCache.entries();
    QList<QStringList> rows;
    for (const auto& entry : m_shown) {
        const auto allows = !entry.method.isEmpty() ? entry.method
            : !entry.headerName.isEmpty() ? entry.headerName : QByteArray("-");
        const auto left = entry.remainingSeconds(m_memory.now());
        rows.append({QString::fromUtf8(allows), QString::fromUtf8(entry.url.path()),
                     left > 0 ? QString::number(left) : tr("expired")});
    }
    m_table->setRows(rows);
    m_table->setVisible(!rows.isEmpty());
    m_empty->setVisible(rows.isEmpty());
    const auto row = size_t(m_table->currentRow());
    const bool chosen = m_table->currentRow() >= 0 && row < m_shown.size();
    m_remove->setEnabled(chosen);
    m_clear->setEnabled(!rows.isEmpty());
    m_edit->setVisible(chosen);
    m_key->setVisible(chosen);
    if (chosen) {
        const auto& entry = m_shown[row];
        m_seconds->setText(QString::number(entry.remainingSeconds(m_memory.now())));
        m_key->setText(tr("Key: page %1, in the part of %2, to %3, %4")
                           .arg(QString::fromUtf8(entry.origin), QString::fromUtf8(entry.key),
                                QString::fromUtf8(entry.url.serialized()),
                                entry.credentials ? tr("with credentials") : tr("without credentials")));
    }
    setEnabled(m_memory.canChange());
}

HttpCachePanel::HttpCachePanel(Memory& memory, QWidget* parent)
    : QWidget(parent), m_memory(memory),
      m_table(new SmallTable("httpCacheTable", tr("HTTP cache"), {tr("URL"), tr("Status"), tr("Fresh for")})),
      m_empty(mutedLabel(tr("No answer is stored."))), m_key(mutedLabel()),
      m_remove(smallButton("removeStored", tr("Remove"))), m_clear(smallButton("clearStored", tr("Clear")))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(fontMetrics().height() / 4);
    column->addWidget(m_empty);
    column->addWidget(m_table);
    column->addWidget(rowOf({m_remove, m_clear}));
    column->addWidget(m_key);
    connect(m_remove, &QPushButton::clicked, this, [this] { remove(m_table->currentRow()); });
    connect(m_clear, &QPushButton::clicked, this,
            [this] { m_memory.change([](Browser& browser) { browser.httpCache.clear(); }); });
    connect(m_table, &SmallTable::removeWanted, this, &HttpCachePanel::remove);
    connect(m_table, &SmallTable::rowChosen, this, &HttpCachePanel::refresh);
    connect(&memory, &Memory::changed, this, &HttpCachePanel::refresh);
    refresh();
}

void HttpCachePanel::remove(int row)
{
    if (row >= 0 && size_t(row) < m_shown.size())
        m_memory.change([stored = m_shown[size_t(row)]](Browser& browser) { browser.httpCache.remove(stored); });
}

void HttpCachePanel::refresh()
{
    m_shown = m_memory.browser().httpCache.stored();
    QList<QStringList> rows;
    for (const auto& stored : m_shown) {
        const auto left = stored->freshnessLifetime() - stored->currentAge(m_memory.now());
        const bool fresh = stored->state(m_memory.now()) == StoredResponse::State::Fresh;
        rows.append({QString::fromUtf8(stored->url.path()), QString::number(stored->response.status),
                     fresh ? tr("%1 s").arg(left.count()) : tr("stale")});
    }
    m_table->setRows(rows);
    m_table->setVisible(!rows.isEmpty());
    m_empty->setVisible(rows.isEmpty());
    const int row = m_table->currentRow();
    const bool chosen = row >= 0 && size_t(row) < m_shown.size();
    m_remove->setEnabled(chosen);
    m_clear->setEnabled(!rows.isEmpty());
    m_key->setVisible(chosen);
    if (chosen) {
        const auto& stored = *m_shown[size_t(row)];
        m_key->setText(tr("%1, asked for with mode %2, %3 old, allowed to %4")
                           .arg(QString::fromUtf8(stored.url.serialized()), QString::fromUtf8(toBytes(stored.mode)),
                                tr("%1 s").arg(stored.currentAge(m_memory.now()).count()),
                                QString::fromUtf8(stored.response.headerList.get("Access-Control-Allow-Origin").value_or("nobody"))));
    }
    setEnabled(m_memory.canChange());
}

} // namespace corscope
