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
    m_editor = nullptr;
    m_edited = -1;
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
    remove->setAccessibleDescription(tr("F2 edits it"));
    remove->setProperty("chip", index);
    remove->installEventFilter(this);
    frame->setProperty("chip", index);
    frame->installEventFilter(this);
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

void ChipList::edit(int index)
{
    endEdit(true);
    if (index < 0 || index >= m_items.size())
        return;
    m_edited = index;
    m_editor = new QLineEdit(m_items[index], m_line->parentWidget());
    m_editor->setObjectName(QStringLiteral("chipEditor"));
    m_editor->setAccessibleName(tr("Edit %1").arg(m_items[index]));
    m_editor->setProperty("role", QStringLiteral("inner"));
    m_editor->setFrame(false);
    m_editor->setFont(m_line->font());
    const auto fit = [editor = m_editor] {
        editor->setFixedWidth(editor->fontMetrics().horizontalAdvance(editor->text()) + editor->fontMetrics().height());
    };
    fit();
    connect(m_editor, &QLineEdit::textChanged, m_editor, fit);
    connect(m_editor, &QLineEdit::returnPressed, this, [this] { endEdit(true); });
    m_editor->installEventFilter(this);
    auto* item = m_flow->takeAt(index);
    item->widget()->hide();
    item->widget()->deleteLater();
    delete item;
    m_flow->insert(index, m_editor);
    m_editor->show();
    m_editor->setFocus();
    m_editor->selectAll();
    updateGeometry();
}

void ChipList::endEdit(bool keep)
{
    if (!m_editor)
        return;
    const auto text = m_editor->text().trimmed();
    const bool hadFocus = m_editor->hasFocus();
    const int index = m_edited;
    m_editor = nullptr; // whatever happens to it now is no end of editing
    QStringList items = m_items;
    if (keep && text != items.value(index)) {
        items.removeAt(index);
        int place = index;
        for (const auto& part : parts(text))
            if (const auto name = part.trimmed(); !name.isEmpty() && !items.contains(name))
                items.insert(place++, name);
    }
    if (hadFocus)
        m_line->setFocus();
    if (items != m_items)
        change(items);
    else
        rebuild();
    if (hadFocus)
        focusChip(qMin(index, int(m_items.size()) - 1));
}

void ChipList::focusChip(int index)
{
    if (index < 0 || index >= m_items.size()) {
        m_line->setFocus();
        return;
    }
    if (auto* widget = m_flow->itemAt(index)->widget())
        if (auto* remove = widget->findChild<QToolButton*>())
            remove->setFocus();
}

bool ChipList::chipKeyPressed(int index, int key)
{
    switch (key) {
    case Qt::Key_F2: edit(index); return true;
    case Qt::Key_Left: focusChip(qMax(0, index - 1)); return true;
    case Qt::Key_Right: focusChip(index + 1); return true;
    case Qt::Key_Delete:
    case Qt::Key_Backspace: {
        auto items = m_items;
        items.removeAt(index);
        m_line->setFocus();
        change(items);
        focusChip(qMin(index, int(items.size()) - 1));
        return true;
    }
    default: return false;
    }
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
    if (watched == m_editor) {
        const int key = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride
            ? static_cast<QKeyEvent*>(event)->key() : 0;
        if (key == Qt::Key_Escape) {
            event->accept();
            if (event->type() == QEvent::KeyPress)
                endEdit(false);
            return true;
        }
        if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason)
            QMetaObject::invokeMethod(this, [this, editor = m_editor] {
                if (editor == m_editor)
                    endEdit(true);
            }, Qt::QueuedConnection);
        return false;
    }
    if (const auto chip = watched->property("chip"); chip.isValid()) {
        if (event->type() == QEvent::MouseButtonDblClick) {
            edit(chip.toInt());
            return true;
        }
        if (event->type() == QEvent::KeyPress && watched->inherits("QToolButton"))
            return chipKeyPressed(chip.toInt(), static_cast<QKeyEvent*>(event)->key());
        if (event->type() == QEvent::FocusIn && watched->inherits("QToolButton"))
            Q_EMIT entered();
        return false;
    }
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Backspace && m_line->text().isEmpty() && !m_items.isEmpty()) {
            auto items = m_items;
            const auto last = items.takeLast();
            change(items);
            m_line->setText(last);
            return true;
        }
        if (key->key() == Qt::Key_Left && m_line->text().isEmpty() && !m_items.isEmpty()) {
            focusChip(int(m_items.size()) - 1);
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
