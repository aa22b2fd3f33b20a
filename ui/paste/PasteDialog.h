#pragma once

#include "ui/paste/PasteReader.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;

namespace corscope {

class ExplanationView;
class PasteEdit;

/// *Paste a bug report*: text or a file, read as it comes, with the diagnosis beside it. What was read is opened in the
/// sandbox on demand.
class PasteDialog : public QDialog
{
    Q_OBJECT
public:
    explicit PasteDialog(QWidget* parent = nullptr);

    /// Takes the place of what stands there.
    void setText(const QString& text);
    /// Shown like text where it is text of a size to be looked at; streamed and not shown otherwise.
    void readFile(const QString& path);

public Q_SLOTS:
    void chooseFile();

Q_SIGNALS:
    void openWanted(const Scenario& scenario);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void takeLargeText(const QString& text);
    void readTyped();
    void showBusy(bool busy);
    void showReading(const PasteReading& reading);
    void showReport();

    PasteReader m_reader;
    QTimer m_typing;
    std::optional<paste::PastedReport> m_report;
    PasteEdit* m_edit;
    QLabel* m_source;
    QWidget* m_busy;
    QProgressBar* m_bar;
    ExplanationView* m_view;
    QPushButton* m_open;
};

} // namespace corscope
