#include "ui/widgets/ChipList.h"

#include "core/base/Ascii.h"
#include "ui/theme/ElidedLabel.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/FlowLayout.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

ChipList::ChipList(QWidget* parent) : QFrame(parent)
{
    setProperty("role", QStringLiteral("input"));
    const int em = fontMetrics().height();
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(em / 5, em / 6, em / 5, em / 6);
    auto* area = new QWidget;
    m_flow = new FlowLayout(area, em / 5);
    auto policy = area->sizePolicy();
    policy.setHeightForWidth(true);
    area->setSizePolicy(policy);
    outer->addWidget(area);

    m_line = new QLineEdit;
    m_line->setProperty("role", QStringLiteral("inner"));
    m_line->setFrame(false);
    m_line->setFont(Theme::fixedLike(m_line->font()));
    m_line->setMinimumWidth(m_line->fontMetrics().averageCharWidth() * 4);
    m_line->installEventFilter(this);
    m_flow->addWidget(m_line);
    setFocusProxy(m_line);

    connect(m_line, &QLineEdit::returnPressed, this, &ChipList::add);
    connect(m_line, &QLineEdit::editingFinished, this, &ChipList::add);
    connect(m_line, &QLineEdit::textEdited, this, [this](const QString& text) {
        if (!m_separator.isNull() && text.endsWith(m_separator) && parts(text).size() > 1)
            add();
    });
}

void ChipList::setItems(const QStringList& items)
{
    if (items == m_items && m_flow->count() == items.size() + 1)
        return;
    m_items = items;
    rebuild();
}

void ChipList::setPlaceholder(const QString& text)
{
    m_placeholder = text;
    m_line->setPlaceholderText(m_items.isEmpty() ? text : tr("add…"));
}

void ChipList::rebuild()
{
    while (m_flow->count() > 1) {
        auto* item = m_flow->takeAt(0);
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (int i = 0; i < m_items.size(); ++i) {
        auto* widget = chip(i);
        m_flow->insert(i, widget);
        widget->show();
    }
    setPlaceholder(m_placeholder);
    updateGeometry();
}

QWidget* ChipList::chip(int index)
{
    auto* frame = new QFrame(m_line->parentWidget());
    frame->setProperty("role", QStringLiteral("chip"));
    auto* text = new ElidedLabel;
    text->setFont(Theme::fixedLike(text->font()));
    text->keep(2);
    text->say(m_items[index]);
    auto* remove = new QToolButton;
    remove->setText(QStringLiteral("×"));
    remove->setProperty("role", QStringLiteral("chip-remove"));
    remove->setObjectName(QStringLiteral("remove_%1").arg(index));
    remove->setAccessibleName(tr("Remove %1").arg(m_items[index]));
    remove->setToolTip(remove->accessibleName());
    connect(remove, &QToolButton::clicked, this, [this, index] {
        auto items = m_items;
        items.removeAt(index);
        m_line->setFocus();
        change(items);
    });
    auto* row = new QHBoxLayout(frame);
    const int em = fontMetrics().height();
    row->setContentsMargins(em / 3, 0, em / 8, 0);
    row->setSpacing(em / 8);
    row->addWidget(text);
    row->addWidget(remove);
    return frame;
}

/// The items in what was typed. Only names come several at a time: in a URL or a pattern the separator is text.
QStringList ChipList::parts(const QString& text) const
{
    const QStringList whole{text};
    if (m_separator.isNull())
        return whole;
    const auto several = text.split(m_separator);
    for (const auto& part : several)
        if (const auto name = part.trimmed(); !name.isEmpty() && !ascii::isToken(name.toUtf8()))
            return whole;
    return several;
}

void ChipList::add()
{
    QStringList items = m_items;
    for (const auto& part : parts(m_line->text()))
        if (const auto text = part.trimmed(); !text.isEmpty() && !items.contains(text))
            items.append(text);
    m_line->clear();
    if (items != m_items)
        change(items);
}

void ChipList::change(const QStringList& items)
{
    m_items = items;
    rebuild();
    Q_EMIT edited(items);
}

bool ChipList::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Backspace && m_line->text().isEmpty() && !m_items.isEmpty()) {
            auto items = m_items;
            const auto last = items.takeLast();
            change(items);
            m_line->setText(last);
            return true;
        }
    } else if (watched == m_line && event->type() == QEvent::FocusIn) {
        setLook(this, "focused", true);
        Q_EMIT entered();
    } else if (watched == m_line && event->type() == QEvent::FocusOut) {
        setLook(this, "focused", false);
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace corscope
