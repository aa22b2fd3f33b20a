#include "ui/window/ActionPalette.h"

#include "ui/library/TwoLineDelegate.h"
#include "ui/window/FuzzyMatch.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QVBoxLayout>

#include <algorithm>

namespace corscope {

static constexpr int shownRows = 12;
static constexpr size_t mostRows = 60;

ActionPalette::ActionPalette(Source source, QWidget& window)
    : QFrame(&window), m_source(std::move(source)), m_focusBefore(window.focusWidget()), m_line(new QLineEdit),
      m_list(new QListWidget)
{
    setObjectName(QStringLiteral("palette"));
    setAccessibleName(tr("Actions"));
    setProperty("role", QStringLiteral("card"));
    setAutoFillBackground(true);
    m_line->setObjectName(QStringLiteral("paletteLine"));
    m_line->setAccessibleName(tr("What to do"));
    m_line->setPlaceholderText(tr("What to do: an action, a scenario, the number of a step"));
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("Actions found"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setItemDelegate(new TwoLineDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    const int em = fontMetrics().height();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(em / 2, em / 2, em / 2, em / 2);
    column->setSpacing(em / 3);
    column->addWidget(m_line);
    column->addWidget(m_list);
    m_line->installEventFilter(this);
    window.installEventFilter(this);
    connect(m_line, &QLineEdit::textChanged, this, &ActionPalette::refresh);
    connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) { runRow(m_list->row(item)); });
    refresh();
    place();
    show();
    raise();
    m_line->setFocus();
}

void ActionPalette::refresh()
{
    const auto typed = m_line->text().trimmed();
    struct Hit { int worth; Item item; };
    std::vector<Hit> hits;
    for (auto& item : m_source(typed)) {
        const auto worth = typed.isEmpty() ? std::optional<int>(0)
                                           : fuzzyMatch(typed, item.text + u' ' + item.category);
        // What cannot be done now is shown last: it says that it exists, and its keys.
        if (worth)
            hits.push_back({*worth - 64 * item.rank - (item.enabled ? 0 : 10000), std::move(item)});
    }
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.worth > b.worth; });
    m_list->clear();
    m_items.clear();
    for (auto& hit : hits) {
        if (m_items.size() == mostRows)
            break;
        auto* row = new QListWidgetItem(hit.item.text, m_list);
        const auto& keys = hit.item.keys;
        row->setData(TwoLineDelegate::atEnd, keys.isEmpty() ? hit.item.category
                                                            : tr("%1   %2").arg(hit.item.category, keys));
        if (!hit.item.enabled)
            row->setFlags(row->flags() & ~Qt::ItemIsEnabled);
        m_items.push_back(std::move(hit.item));
    }
    if (m_items.empty()) {
        auto* row = new QListWidgetItem(tr("Nothing is called like that."), m_list);
        row->setFlags(Qt::NoItemFlags);
    }
    m_list->setCurrentRow(0);
}

void ActionPalette::place()
{
    const auto room = parentWidget()->rect();
    const int em = fontMetrics().height();
    const int width = std::min(em * 42, room.width() - em * 2);
    const int height = std::min(m_line->sizeHint().height() + em * 3 / 2 + shownRows * em * 7 / 4, room.height() - em * 4);
    setGeometry((room.width() - width) / 2, em * 3, width, height);
}

void ActionPalette::runRow(int row)
{
    if (row < 0 || size_t(row) >= m_items.size() || !m_items[size_t(row)].enabled)
        return;
    const auto run = m_items[size_t(row)].run;
    leave(); // first: what is run may look at who has the keyboard
    run();
}

void ActionPalette::leave()
{
    parentWidget()->removeEventFilter(this);
    m_line->removeEventFilter(this);
    hide();
    deleteLater();
    if (m_focusBefore && m_focusBefore->isVisible())
        m_focusBefore->setFocus();
}

bool ActionPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        place();
    if (watched != m_line)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason
        && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason) {
        m_focusBefore = nullptr; // the keyboard has gone where it was led
        leave();
        return false;
    }
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Up || key == Qt::Key_Down
            || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            event->accept();
            return true;
        }
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape: leave(); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: runRow(m_list->currentRow()); return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: QCoreApplication::sendEvent(m_list, event); return true;
    default: return QFrame::eventFilter(watched, event);
    }
}

} // namespace corscope
