#include "ui/browser/CachePanels.h"

#include "ui/browser/EntryList.h"
#include "ui/browser/Memory.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/FormGrid.h"

#include <QLabel>
#include <QVBoxLayout>

namespace corscope {

namespace {

QLabel* mutedLabel()
{
    auto* label = new QLabel;
    label->setProperty("role", QStringLiteral("muted"));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
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
      m_list(new EntryList({"preflightTable", "removePreflight", "clearPreflights"}, tr("Preflight cache"),
                           {tr("Allows"), tr("At"), tr("Seconds left")}, tr("No preflight is remembered."))),
      m_key(mutedLabel()), m_seconds(new Field(secondsCheck))
{
    m_seconds->setName(QStringLiteral("preflightSeconds"), tr("Seconds that this entry still holds"));
    auto* form = new FormGrid(tr("Credentials"));
    form->addRow(tr("Seconds left"), m_seconds);
    m_edit = form;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(fontMetrics().height() / 4);
    column->addWidget(m_list);
    column->addWidget(m_key);
    column->addWidget(m_edit);
    connect(m_list, &EntryList::removeWanted, this, &PreflightCachePanel::remove);
    connect(m_list, &EntryList::clearWanted, this, [this] {
        m_memory.change(tr("Clear the preflight cache"), {}, [](Browser& browser) { browser.preflightCache.clear(); });
    });
    connect(m_list, &EntryList::rowChosen, this, &PreflightCachePanel::refresh);
    connect(m_seconds, &Field::edited, this, [this](const QString& text) {
        const int row = m_list->chosen();
        if (row < 0)
            return;
        m_memory.change(tr("Change how long a preflight holds"), "preflight/" + QByteArray::number(row),
                        [&, entry = m_shown[size_t(row)]](Browser& browser) {
            browser.preflightCache.setRemaining(entry, text.toLongLong(), browser.clock.now());
        });
    });
    connect(&memory, &Memory::changed, this, &PreflightCachePanel::refresh);
    refresh();
}

void PreflightCachePanel::remove(int row)
{
    if (row >= 0 && size_t(row) < m_shown.size())
        m_memory.change(tr("Remove a remembered preflight"), {},
                        [entry = m_shown[size_t(row)]](Browser& browser) { browser.preflightCache.remove(entry); });
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
    m_list->setRows(rows);
    const int row = m_list->chosen();
    m_edit->setVisible(row >= 0);
    m_key->setVisible(row >= 0);
    if (row >= 0) {
        const auto& entry = m_shown[size_t(row)];
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
      m_list(new EntryList({"httpCacheTable", "removeStored", "clearStored"}, tr("HTTP cache"),
                           {tr("URL"), tr("Status"), tr("Fresh for")}, tr("No answer is stored."))),
      m_key(mutedLabel())
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(fontMetrics().height() / 4);
    column->addWidget(m_list);
    column->addWidget(m_key);
    connect(m_list, &EntryList::removeWanted, this, &HttpCachePanel::remove);
    connect(m_list, &EntryList::clearWanted, this, [this] {
        m_memory.change(tr("Clear the HTTP cache"), {}, [](Browser& browser) { browser.httpCache.clear(); });
    });
    connect(m_list, &EntryList::rowChosen, this, &HttpCachePanel::refresh);
    connect(&memory, &Memory::changed, this, &HttpCachePanel::refresh);
    refresh();
}

void HttpCachePanel::remove(int row)
{
    if (row >= 0 && size_t(row) < m_shown.size())
        m_memory.change(tr("Remove a stored answer"), {},
                        [stored = m_shown[size_t(row)]](Browser& browser) { browser.httpCache.remove(stored); });
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
    m_list->setRows(rows);
    const int row = m_list->chosen();
    m_key->setVisible(row >= 0);
    if (row >= 0) {
        const auto& stored = *m_shown[size_t(row)];
        m_key->setText(tr("%1, asked for with mode %2, %3 old, allowed to %4")
                           .arg(QString::fromUtf8(stored.url.serialized()), QString::fromUtf8(toBytes(stored.mode)),
                                tr("%1 s").arg(stored.currentAge(m_memory.now()).count()),
                                QString::fromUtf8(stored.response.headerList.get("Access-Control-Allow-Origin").value_or("nobody"))));
    }
    setEnabled(m_memory.canChange());
}

} // namespace corscope
