#include "ui/browser/HeaderTable.h"

#include "ui/browser/HeaderMark.h"
#include "ui/widgets/Field.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

namespace corscope {

HeaderTable::HeaderTable(QWidget* parent) : QWidget(parent), m_add(new QToolButton)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(fontMetrics().height() / 5);
    m_grid = new QGridLayout;
    m_grid->setSpacing(fontMetrics().height() / 5);
    m_grid->setColumnStretch(0, 13); // Authorization
    m_grid->setColumnStretch(1, 16); // application/json
    column->addLayout(m_grid);
    m_add->setText(tr("+ Add"));
    m_add->setToolTip(tr("Add a request header"));
    m_add->setAccessibleName(m_add->toolTip());
    m_add->setObjectName(QStringLiteral("addHeader"));
    m_add->setProperty("role", QStringLiteral("quiet"));
    connect(m_add, &QToolButton::clicked, this, [this] {
        addRow({});
        arrange();
        m_rows.back().name->setFocus();
    });
}

void HeaderTable::setHeaders(const HeaderList& wanted)
{
    if (wanted == headers())
        return;
    while (m_rows.size() > size_t(wanted.size()))
        removeRow(m_rows.size() - 1);
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        if (size_t(i) == m_rows.size())
            addRow(wanted.at(i));
        m_rows[size_t(i)].name->setText(QString::fromLatin1(wanted.at(i).name));
        m_rows[size_t(i)].value->setText(QString::fromLatin1(wanted.at(i).value));
    }
    arrange();
}

QWidget* HeaderTable::addButton() const
{
    return m_add;
}

void HeaderTable::addRow(const Header& header)
{
    Row row;
    row.note = noteLabel();
    row.name = new Field([](const QString& text) {
        return isHeaderName(text.toUtf8()) ? QString()
                                           : tr("A header name is made of letters, digits and !#$%&'*+-.^_`|~ only.");
    });
    row.name->line()->setPlaceholderText(tr("Name"));
    row.value = new Field([](const QString& text) {
        if (std::any_of(text.begin(), text.end(), [](QChar c) { return c.unicode() > 0xff; }))
            return tr("A header value has no characters above U+00FF: fetch() throws.");
        return isHeaderValue(normalizedHeaderValue(text.toLatin1())) ? QString()
                                                                     : tr("A header value has no line breaks and no NUL.");
    });
    row.value->line()->setPlaceholderText(tr("Value"));
    row.name->setCharacters(13);
    row.value->setCharacters(16);
    row.mark = new QLabel;
    row.mark->setProperty("role", QStringLiteral("badge"));
    row.mark->setAlignment(Qt::AlignCenter);
    row.remove = new QToolButton;
    row.remove->setText(QStringLiteral("×"));
    row.remove->setProperty("role", QStringLiteral("chip-remove"));
    row.remove->setToolTip(tr("Remove this header"));
    row.remove->setAccessibleName(row.remove->toolTip());
    row.name->setText(QString::fromLatin1(header.name));
    row.value->setText(QString::fromLatin1(header.value));
    row.name->setNoteLabel(row.note);

    const auto changed = [this, name = row.name] {
        const auto index = indexOf(name);
        markRow(m_rows[index]);
        tell(int(index));
    };
    connect(row.name, &Field::edited, this, changed);
    connect(row.value, &Field::edited, this, changed);
    connect(row.remove, &QToolButton::clicked, this, [this, name = row.name] {
        const auto index = indexOf(name);
        removeRow(index);
        arrange();
        m_add->setFocus();
        tell(-1);
    });
    for (QWidget* part : {static_cast<QWidget*>(row.name->line()), static_cast<QWidget*>(row.value->line()),
                          static_cast<QWidget*>(row.remove)})
        part->installEventFilter(this);
    m_rows.push_back(row);
}

bool HeaderTable::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        QMetaObject::invokeMethod(this, [this] {
            for (auto& row : m_rows)
                markRow(row);
        }, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

void HeaderTable::removeRow(size_t index)
{
    auto& row = m_rows[index];
    const std::initializer_list<QWidget*> widgets{row.name, row.value, row.mark, row.remove, row.note};
    for (auto* widget : widgets) {
        widget->hide();
        widget->deleteLater();
    }
    m_rows.erase(m_rows.begin() + std::ptrdiff_t(index));
}

void HeaderTable::arrange()
{
    setVisible(!m_rows.empty());
    while (auto* item = m_grid->takeAt(0))
        delete item;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        auto& row = m_rows[i];
        row.name->setName(QStringLiteral("headerName_%1").arg(i), tr("Name of header %1").arg(i + 1));
        row.value->setName(QStringLiteral("headerValue_%1").arg(i), tr("Value of header %1").arg(i + 1));
        row.mark->setObjectName(QStringLiteral("headerMark_%1").arg(i));
        row.remove->setObjectName(QStringLiteral("removeHeader_%1").arg(i));
        const int line = int(i) * 2;
        m_grid->addWidget(row.name, line, 0);
        m_grid->addWidget(row.value, line, 1);
        m_grid->addWidget(row.mark, line, 2);
        m_grid->addWidget(row.remove, line, 3);
        m_grid->addWidget(row.note, line + 1, 0, 1, 4);
        markRow(row);
    }
}

void HeaderTable::markRow(Row& row)
{
    const auto name = row.name->text().toUtf8();
    const auto value = normalizedHeaderValue(row.value->text().toLatin1());
    const bool counts = isHeaderName(name) && isHeaderValue(value);
    row.mark->setVisible(counts);
    if (!counts)
        return;
    const auto mark = markRequestHeader(name, value);
    row.mark->setText(headerMarkWord(mark));
    row.remove->setAccessibleName(tr("Remove the header %1").arg(row.name->text()));
    row.mark->setToolTip(headerMarkReason(mark));
    row.mark->setAccessibleDescription(headerMarkReason(mark));
    // the keyboard gets at the reason as well: it stands under the row while the row has the focus
    const bool here = row.name->line()->hasFocus() || row.value->line()->hasFocus() || row.remove->hasFocus();
    row.name->setNote(here ? headerMarkReason(mark) : QString());
    row.value->line()->setAccessibleDescription(headerMarkReason(mark));
    setLook(row.mark, "look", headerMarkLook(mark));
}

HeaderList HeaderTable::headers() const
{
    HeaderList list;
    for (const auto& row : m_rows) {
        const auto name = row.name->text().toUtf8();
        const auto value = normalizedHeaderValue(row.value->text().toLatin1());
        if (isHeaderName(name) && isHeaderValue(value))
            list.append(name, value);
    }
    return list;
}

void HeaderTable::tell(int row)
{
    Q_EMIT edited(headers(), row);
}

size_t HeaderTable::indexOf(const Field* field) const
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& row) { return row.name == field; });
    return size_t(it - m_rows.begin());
}

} // namespace corscope
